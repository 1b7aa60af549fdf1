package com.claudemesh.platform;

/**
 * The server that takes our mail.
 *
 * @param host empty when no mail can be sent
 * @param user empty for a server that asks for none
 * @param from sender's address
 */
public record MailSettings(
        String host, int port, String user, String password, String from, Encryption encryption, int maxAttempts) {

    /** How the connection is protected. */
    public enum Encryption {
        /** Upgraded by STARTTLS; no mail without it. */
        STARTTLS,
        /** TLS from the first byte. */
        TLS,
        /** In the clear, for a server on the same machine. */
        NONE
    }

    static MailSettings from(Settings.Reader reader) {
        String encryption = reader.choice("SMTP_ENCRYPTION", "starttls", "tls", "none");
        return new MailSettings(
                reader.text("SMTP_HOST", ""),
                reader.number("SMTP_PORT", 587, 1, 65_535),
                reader.text("SMTP_USER", ""),
                reader.text("SMTP_PASSWORD", ""),
                reader.text("EMAIL_FROM", "noreply@claudemesh.local"),
                Encryption.valueOf(encryption.toUpperCase(java.util.Locale.ROOT)),
                reader.number("CLAUDEMESH_MAIL_MAX_ATTEMPTS", 12, 1, 100));
    }

    public boolean isConfigured() {
        return !host.isEmpty();
    }

    @Override
    public String toString() {
        return isConfigured() ? "MailSettings[" + host + ":" + port + "]" : "MailSettings[none]";
    }
}
