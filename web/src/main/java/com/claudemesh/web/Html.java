package com.claudemesh.web;

import jakarta.ws.rs.core.Response;

/** The frame of every page. Plain HTML: it works without scripts, by keyboard, and in any theme. */
public final class Html {
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
                <title>%1$s</title>
                <link rel="stylesheet" href="/assets/style.css">
                </head>
                <body>
                <main>
                <h1>%1$s</h1>
                %2$s
                </main>
                </body>
                </html>
                """.formatted(escape(title), body);
        return Response.status(status)
                .entity(html)
                .type(TYPE)
                .header("Cache-Control", "no-store")
                .build();
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
