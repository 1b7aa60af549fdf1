package com.claudemesh.cli.addressing;

import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.PeersList.PeerInfo;

/** A live peer that could be meant. */
record Choice(Membership mesh, PeerInfo peer) {
    private static final int SHOWN_KEY_CHARS = 16;

    boolean sameMember(Choice other) {
        return mesh.slug().equals(other.mesh.slug()) && peer.memberPubkey().equals(other.peer.memberPubkey());
    }

    boolean sameSession(Choice other) {
        return sameMember(other) && peer.sessionId().equals(other.peer.sessionId());
    }

    /** One line of a list that asks which one is meant. */
    String line() {
        return Output.safe(peer.displayName()) + " " + shortKey(peer.pubkey()) + " on " + Output.safe(mesh.slug())
                + (peer.cwd().isEmpty() ? "" : " in " + Output.safe(peer.cwd()));
    }

    static String shortKey(String key) {
        return key.substring(0, Math.min(SHOWN_KEY_CHARS, key.length())) + "…";
    }
}
