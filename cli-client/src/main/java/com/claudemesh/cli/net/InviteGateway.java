package com.claudemesh.cli.net;

import com.claudemesh.cli.config.StoredLogin;
import com.claudemesh.protocol.crypto.BoxKeyPair;
import com.claudemesh.protocol.crypto.InviteLink;
import com.claudemesh.protocol.crypto.InviteV1;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import java.util.Optional;

/** Redeems invites at the server that issued them. Every method fails with a {@link com.claudemesh.cli.CliException}. */
public interface InviteGateway {

    /**
     * What the server tells about a code to everybody who has it; nothing is redeemed. Empty when it tells nothing, which
     * does not mean that the code is bad.
     *
     * @param code with the origin of the server that knows it
     */
    Optional<Preview> preview(InviteLink.Code code);

    /**
     * Redeems a code: one use of the invite is gone when this returns a claim.
     *
     * @param brokerUrl where the preview says that the mesh is, or empty
     */
    ClaimOutcome claim(InviteLink.Code code, Optional<String> brokerUrl, Claimant claimant);

    /** Enrols the key as a member by a token that carries the root key, and answers the member id. */
    Enrolment enrol(ResolvedInvite invite, SigningKeyPair keys, String displayName);

    /** @param token for servers without claims; carries the root key */
    record Preview(Optional<String> meshId, Optional<String> brokerUrl, Optional<String> token) {
        @Override
        public String toString() {
            return "Preview[mesh=" + meshId.orElse("?") + "]";
        }
    }

    /**
     * Who wants to be a member.
     *
     * @param receiver key that the root key is sealed to; for this claim only
     * @param identity the member's key from now on
     * @param account makes the member one of this account, where it is an account of the same server
     */
    record Claimant(BoxKeyPair receiver, SigningKeyPair identity, String displayName, Optional<StoredLogin> account) {}

    /** What became of a claim. */
    sealed interface ClaimOutcome {
        record Granted(Claim claim) implements ClaimOutcome {}

        /** The server has no claims, or not for this code. */
        record NotOffered() implements ClaimOutcome {}
    }

    /**
     * The server's answer to a claim, not verified.
     *
     * @param signature the mesh owner's over {@code canonical}; empty when the server sent none
     */
    record Claim(
            String meshId,
            String memberId,
            String meshSlug,
            String meshName,
            String brokerUrl,
            String ownerPubkey,
            String canonical,
            String signature,
            String sealedRootKey) {}

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
