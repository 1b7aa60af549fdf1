package com.claudemesh.cli.invite;

import io.nayuki.qrcodegen.QrCode;
import java.util.ArrayList;
import java.util.List;

/** A QR code (ISO/IEC 18004) as lines of half blocks: two rows of the code in one line of the terminal. */
final class TerminalQr {
    private static final int QUIET_MODULES = 2;
    private static final String BLACK_ON_WHITE = "\u001b[30;107m";
    private static final String RESET = "\u001b[0m";

    private TerminalQr() {}

    /**
     * The code of a text.
     *
     * @param colours black on white, whatever the terminal's own colours are; without them the code is drawn for a dark
     *     terminal
     */
    static List<String> lines(String text, boolean colours) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.LOW);
        int end = code.size + QUIET_MODULES;
        List<String> lines = new ArrayList<>();
        for (int y = -QUIET_MODULES; y < end; y += 2) {
            StringBuilder line = new StringBuilder(colours ? BLACK_ON_WHITE : "");
            for (int x = -QUIET_MODULES; x < end; x++) {
                boolean upper = code.getModule(x, y) == colours;
                boolean lower = (y + 1 < end && code.getModule(x, y + 1)) == colours;
                line.append(upper ? (lower ? '█' : '▀') : (lower ? '▄' : ' '));
            }
            lines.add(line.append(colours ? RESET : "").toString());
        }
        return lines;
    }
}
