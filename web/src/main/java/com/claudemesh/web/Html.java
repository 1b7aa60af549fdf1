package com.claudemesh.web;

import com.claudemesh.presence.WireTime;
import jakarta.ws.rs.core.Response;
import java.time.Instant;

/** The frame of every page. Plain HTML: it works without scripts, by keyboard, and in any theme. */
public final class Html {
    private static final String SITE = "claudemesh";
    private static final String TYPE = "text/html; charset=utf-8";

    private Html() {}

    /** @param body HTML, in which every foreign text is escaped */
    public static Response page(int status, String title, String body) {
        String html = """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="robots" content="noindex">
                <title>%2$s</title>
                <link rel="stylesheet" href="%4$s">
                </head>
                <body>
                <main>
                <h1>%1$s</h1>
                %3$s
                </main>
                </body>
                </html>
                """.formatted(
                escape(title), escape(title.equals(SITE) ? SITE : title + " · " + SITE), body, StyleSheet.ADDRESS);
        return Response.status(status)
                .entity(html)
                .type(TYPE)
                .header("Cache-Control", "no-store")
                .build();
    }

    /** A moment to the minute, as people read it. */
    public static String time(Instant moment) {
        String text = WireTime.text(moment);
        return "<time datetime=\"" + text + "\">" + text.substring(0, 16).replace('T', ' ') + " UTC</time>";
    }

    /** A text as it may stand in HTML, also inside quotes. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
