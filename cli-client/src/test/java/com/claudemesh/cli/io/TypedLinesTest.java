package com.claudemesh.cli.io;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.testing.TestHost;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TypedLinesTest {
    @TempDir
    Path home;

    @Test
    void poll_lines_comeOneByOne() {
        TypedLines lines =
                new TypedLines(new TestHost(home).withInput(" one \r\ntwo\n").host());

        assertThat(lines.poll()).contains("one");
        assertThat(lines.poll()).contains("two");
        assertThat(lines.poll()).isEmpty();
    }

    @Test
    void poll_pipedWithoutNewline_isWholeWhenNothingFollows() {
        TypedLines lines = new TypedLines(new TestHost(home).withInput("token").host());

        assertThat(lines.poll()).isEmpty();
        assertThat(lines.poll()).contains("token");
        assertThat(lines.poll()).isEmpty();
    }

    @Test
    void poll_halfALineAtATerminal_waitsForTheRest() {
        TypedLines lines = new TypedLines(
                new TestHost(home).withTerminal().withInput("tok").host());

        assertThat(lines.poll()).isEmpty();
        assertThat(lines.poll()).isEmpty();
    }

    @Test
    void poll_nothing_isEmpty() {
        assertThat(new TypedLines(new TestHost(home).host()).poll()).isEmpty();
    }
}
