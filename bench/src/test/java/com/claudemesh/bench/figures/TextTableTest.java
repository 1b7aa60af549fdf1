package com.claudemesh.bench.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void toString_rows_areMarkdownWithAlignedColumns() {
        TextTable table = new TextTable("what", "n");
        table.row("a|b", 12);
        table.row("c", 3);

        assertThat(table.toString()).isEqualTo("""
                | what | n  |
                |------|----|
                | a\\|b | 12 |
                | c    | 3  |
                """);
    }

    @Test
    void row_wrongNumberOfCells_isRefused() {
        TextTable table = new TextTable("what", "n");

        assertThatThrownBy(() -> table.row("only one")).isInstanceOf(IllegalArgumentException.class);
    }
}
