package com.claudemesh.cli.io;

import com.claudemesh.protocol.encoding.Utf8Text;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads UTF-8 lines of a bounded length, ended by LF or CR LF. One thread; blocks until a line is complete. */
public final class LineReader {
    private static final int BUFFER_BYTES = 8 * 1024;

    private final InputStream in;
    private final int maxBytes;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int next;
    private int filled;

    /** @param maxBytes most bytes of a line, its end not counted */
    public LineReader(InputStream in, int maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /** The next line; a last line without an end counts. */
    public Line next() throws IOException {
        boolean tooLong = false;
        line.reset();
        while (true) {
            if (next == filled && !fill()) {
                return line.size() == 0 && !tooLong ? new Line.End() : finished(tooLong);
            }
            int start = next;
            while (next < filled && buffer[next] != '\n') {
                next++;
            }
            tooLong = tooLong || line.size() + (next - start) > maxBytes + 1;
            if (!tooLong) {
                line.write(buffer, start, next - start);
            }
            if (next < filled) {
                next++;
                return finished(tooLong);
            }
        }
    }

    private boolean fill() throws IOException {
        next = 0;
        filled = Math.max(0, in.read(buffer));
        return filled > 0;
    }

    private Line finished(boolean tooLong) {
        byte[] bytes = line.toByteArray();
        int length = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
        if (tooLong || length > maxBytes) {
            return new Line.TooLong();
        }
        return Utf8Text.decode(java.util.Arrays.copyOf(bytes, length))
                .<Line>map(Line.Text::new)
                .orElseGet(Line.NotText::new);
    }
}
