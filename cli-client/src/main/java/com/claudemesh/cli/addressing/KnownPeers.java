package com.claudemesh.cli.addressing;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.config.PeerCache;
import com.claudemesh.cli.config.PeerCache.KnownPeer;
import com.claudemesh.sdk.FileInboxStore;
import com.claudemesh.sdk.IncomingMessage;
import com.claudemesh.sdk.StoredMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Whom a name can mean who is not online: everybody seen online before, and everybody who has written. */
public final class KnownPeers {
    private static final int MAX_MESSAGES = 1_000;

    private final PeerCache cache;
    private final FileInboxStore inbox;

    public KnownPeers(PeerCache cache, FileInboxStore inbox) {
        this.cache = cache;
        this.inbox = inbox;
    }

    /** The latest first, those that were seen before those that only wrote. */
    public List<KnownPeer> of(Membership mesh) {
        List<KnownPeer> known = new ArrayList<>(cache.known(mesh.slug()));
        List<KnownPeer> writers = new ArrayList<>();
        for (StoredMessage stored : received(mesh)) {
            IncomingMessage message = stored.message();
            if (message.senderName() != null && message.senderMemberPublicKey() != null) {
                writers.add(new KnownPeer(message.senderName(), message.senderMemberPublicKey()));
            }
        }
        Collections.reverse(writers);
        known.addAll(writers);
        return known.stream().distinct().toList();
    }

    private List<StoredMessage> received(Membership mesh) {
        try {
            return inbox.list(mesh.meshId(), MAX_MESSAGES, false);
        } catch (IOException unreadable) {
            throw CliException.io("can't read the inbox: " + unreadable.getMessage());
        }
    }
}
