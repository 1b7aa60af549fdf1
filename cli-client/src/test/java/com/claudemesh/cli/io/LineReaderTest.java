package com.claudemesh.cli.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineReaderTest {
    private static final int MAX_BYTES = 10;

    private static List<Line> read(byte[] input) throws IOException {
        LineReader reader = new LineReader(new ByteArrayInputStream(input), MAX_BYTES);
        List<Line> lines = new ArrayList<>();
        Line line = reader.next();
        while (!(line instanceof Line.End)) {
            lines.add(line);
            line = reader.next();
        }
        return lines;
    }

    private static List<Line> read(String input) throws IOException {
        return read(input.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void next_linesOfBothEnds_areReadWithoutThem() throws IOException {
        assertThat(read("one\ntwo\r\n\nlast"))
                .containsExactly(new Line.Text("one"), new Line.Text("two"), new Line.Text(""), new Line.Text("last"));
    }

    @Test
    void next_longestLine_isText() throws IOException {
        assertThat(read("0123456789\r\n")).containsExactly(new Line.Text("0123456789"));
    }

    @Test
    void next_oneByteMore_isTooLongAndTheNextLineIsRead() throws IOException {
        assertThat(read("0123456789a\nnext\n")).containsExactly(new Line.TooLong(), new Line.Text("next"));
    }

    @Test
    void next_lineOfManyBuffers_isTooLong() throws IOException {
        assertThat(read("x".repeat(100_000) + "\nnext")).containsExactly(new Line.TooLong(), new Line.Text("next"));
    }

    @Test
    void next_endlessLine_isTooLongAtTheEnd() throws IOException {
        assertThat(read("x".repeat(100_000))).containsExactly(new Line.TooLong());
    }

    @Test
    void next_brokenUtf8_isNotText() throws IOException {
        assertThat(read(new byte[] {'a', (byte) 0xff, '\n', 'b', '\n'}))
                .containsExactly(new Line.NotText(), new Line.Text("b"));
    }
}
