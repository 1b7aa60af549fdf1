package com.claudemesh.cli.net;

import com.claudemesh.protocol.crypto.InviteV1;
import com.claudemesh.protocol.crypto.SigningKeyPair;

/** Redeems invites at the server that issued them. Every method fails with a {@link com.claudemesh.cli.CliException}. */
public interface InviteGateway {

    /**
     * Reads a link, a code or a token; a code is looked up at the server of its link, or at {@code defaultOrigin}.
     *
     * @param defaultOrigin {@code scheme://host[:port]} for a bare code
     * @return the invite with its token, neither verified nor redeemed
     */
    ResolvedInvite resolve(String text, String defaultOrigin);

    /** Enrols the key as a member and answers the member id. */
    Enrolment enrol(ResolvedInvite invite, SigningKeyPair keys, String displayName);

    /** An invite and the exact text that it was issued as. */
    record ResolvedInvite(InviteV1 invite, String token) {
        @Override
        public String toString() {
            return "ResolvedInvite[" + invite + "]";
        }
    }

    /** @param alreadyMember the key was a member before */
    record Enrolment(String memberId, boolean alreadyMember) {}
}
