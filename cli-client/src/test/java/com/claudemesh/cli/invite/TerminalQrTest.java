package com.claudemesh.cli.invite;

import static org.assertj.core.api.Assertions.assertThat;

import io.nayuki.qrcodegen.QrCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalQrTest {
    private static final String LINK = "https://mesh.example.org/i/abcd2345efgh";
    private static final int QUIET = 2;

    /** Whether the drawing shows a dark module there. */
    private static boolean dark(List<String> lines, boolean colours, int x, int y) {
        String line = lines.get((y + QUIET) / 2).replaceAll("\u001b\\[[0-9;]*m", "");
        char glyph = line.charAt(x + QUIET);
        boolean upper = (y + QUIET) % 2 == 0;
        boolean drawn = glyph == '█' || glyph == (upper ? '▀' : '▄');
        return drawn == colours;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void lines_link_drawEveryModule(boolean colours) {
        QrCode code = QrCode.encodeText(LINK, QrCode.Ecc.LOW);
        List<String> lines = TerminalQr.lines(LINK, colours);

        for (int y = -QUIET; y < code.size + QUIET; y++) {
            for (int x = -QUIET; x < code.size + QUIET; x++) {
                assertThat(dark(lines, colours, x, y)).as(x + "," + y).isEqualTo(code.getModule(x, y));
            }
        }
    }

    @Test
    void lines_link_fitInAnOrdinaryTerminal() {
        assertThat(TerminalQr.lines(LINK, false)).hasSizeLessThan(22).allMatch(line -> line.length() < 60);
    }
}
