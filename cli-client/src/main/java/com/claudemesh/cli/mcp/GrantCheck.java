package com.claudemesh.cli.mcp;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.config.GrantsFile;
import com.claudemesh.cli.grant.Capabilities;
import com.claudemesh.protocol.frame.Grant;
import com.claudemesh.sdk.IncomingMessage;
import com.claudemesh.sdk.IncomingMessage.Kind;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Whether the member lets a sender into its session, by the local copy of its grants: what the member has blocked is not
 * shown even by a server that delivers it. The message stays in the inbox. Safe for any thread.
 */
final class GrantCheck {
    private static final int SHOWN_KEY_CHARS = 12;

    private final GrantsFile file;
    private final Diagnostics log;

    GrantCheck(GrantsFile file, Diagnostics log) {
        this.file = file;
        this.log = log;
    }

    /** True also when the copy can't be read: the server has decided already. */
    boolean allows(String slug, IncomingMessage message) {
        Grant needed = message.kind() == Kind.DIRECT || message.kind() == Kind.UNKNOWN ? Grant.DM : Grant.BROADCAST;
        Collection<Grant> granted;
        try {
            granted = granted(file.of(slug), message);
        } catch (CliException unreadable) {
            log.warn(unreadable.getMessage() + "; a message is shown unchecked");
            return true;
        }
        if (granted.contains(needed)) {
            return true;
        }
        String key = message.senderPublicKey();
        log.warn(slug + ": a message from " + key.substring(0, Math.min(SHOWN_KEY_CHARS, key.length()))
                + "… is not shown: not granted " + needed.wire());
        return false;
    }

    private static Collection<Grant> granted(Map<String, List<Grant>> grants, IncomingMessage message) {
        String member = message.senderMemberPublicKey();
        if (member != null && grants.containsKey(member)) {
            return grants.get(member);
        }
        List<Grant> ofSession = grants.get(message.senderPublicKey());
        return ofSession == null ? Capabilities.DEFAULT : ofSession;
    }
}
