package com.claudemesh.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A bounded form from a request: {@code application/x-www-form-urlencoded}, each field once. */
public final class FormBody {
    private static final int MAX_BYTES = 16_384;

    private final Map<String, String> fields;

    private FormBody(Map<String, String> fields) {
        this.fields = fields;
    }

    /** @throws jakarta.ws.rs.WebApplicationException 413 for a larger form */
    public static FormBody read(InputStream in) {
        return parse(readBytes(in));
    }

    /** @throws jakarta.ws.rs.WebApplicationException 413 for more than 16 KiB, 400 when the body breaks off */
    public static byte[] readBytes(InputStream in) {
        try {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw Answer.stop(Html.page(413, "The form is too large", "<p>Nothing was changed.</p>"));
            }
            return bytes;
        } catch (IOException e) {
            throw Answer.stop(Html.page(400, "The form could not be read", "<p>Nothing was changed.</p>"));
        }
    }

    /** Of a field that comes twice the first counts; what cannot be decoded is left out. */
    public static FormBody parse(byte[] body) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : new String(body, StandardCharsets.UTF_8).split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                try {
                    fields.putIfAbsent(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
                } catch (IllegalArgumentException e) {
                    // A broken escape: the field counts as absent, and whoever needs it says so.
                    continue;
                }
            }
        }
        return new FormBody(fields);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** The field, or an empty text. */
    public String text(String name) {
        return fields.getOrDefault(name, "");
    }
}
