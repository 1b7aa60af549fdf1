package com.claudemesh.invite;

import com.claudemesh.mail.Mail;
import com.claudemesh.mesh.MeshView;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The text of an invitation by e-mail. Names are escaped; the link stands alone on its line. */
final class InviteMails {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private InviteMails() {}

    /** @param inviter who invites, a checked name */
    static Mail invitation(String to, String inviter, MeshView mesh, String url, Instant expiresAt) {
        String opening = inviter + " invites you to the mesh \"" + mesh.name() + "\" on claudemesh.";
        String how = "Join where you work, until " + DAY.format(expiresAt) + ":";
        String command = "claudemesh join " + url;
        String closing = "If you expected nothing like this, do nothing. Whoever has the link can join with it.";
        String text = opening + "\n\n" + how + "\n\n" + command + "\n\n" + closing + "\n";
        String html = "<!doctype html><html lang=\"en\"><body><p>" + escape(opening) + "</p><p>" + escape(how)
                + "</p><pre>" + escape(command) + "</pre><p>" + escape(closing) + "</p></body></html>";
        return new Mail("mesh_invitation", to, "Invitation to " + mesh.name(), text, html);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
