package com.claudemesh.identity;

/**
 * What a command line says about the machine it runs on; shown to whoever approves it, never believed. Texts are cut to 100
 * characters, and what is no printable ASCII is replaced.
 */
public record DeviceInfo(String hostname, String platform, String arch) {
    private static final int MAX_CHARS = 100;

    /** A machine that says nothing. */
    public static final DeviceInfo UNKNOWN = new DeviceInfo("unknown", "unknown", "unknown");

    public DeviceInfo {
        hostname = clean(hostname);
        platform = clean(platform);
        arch = clean(arch);
    }

    private static String clean(String text) {
        String printable = text.replaceAll("[^ -~]", "?").strip();
        String cut = printable.substring(0, Math.min(MAX_CHARS, printable.length()));
        return cut.isEmpty() ? "unknown" : cut;
    }
}
