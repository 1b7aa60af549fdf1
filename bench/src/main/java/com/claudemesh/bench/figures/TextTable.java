package com.claudemesh.bench.figures;

import java.util.ArrayList;
import java.util.List;

/** A table in Markdown whose columns line up in a terminal too. */
public final class TextTable {
    private final List<String[]> rows = new ArrayList<>();

    public TextTable(String... titles) {
        rows.add(titles);
    }

    /** @throws IllegalArgumentException when the number of cells differs from the number of titles */
    public void row(Object... cells) {
        if (cells.length != rows.get(0).length) {
            throw new IllegalArgumentException(cells.length + " cells under " + rows.get(0).length + " titles");
        }
        String[] row = new String[cells.length];
        for (int i = 0; i < cells.length; i++) {
            row[i] = String.valueOf(cells[i]).replace("|", "\\|").replace('\n', ' ');
        }
        rows.add(row);
    }

    @Override
    public String toString() {
        int[] widths = new int[rows.get(0).length];
        for (String[] row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            append(text, rows.get(i), widths);
            if (i == 0) {
                for (int width : widths) {
                    text.append('|').append("-".repeat(width + 2));
                }
                text.append("|\n");
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String[] row, int[] widths) {
        for (int i = 0; i < widths.length; i++) {
            text.append("| ").append(row[i]).append(" ".repeat(widths[i] - row[i].length() + 1));
        }
        text.append("|\n");
    }
}
