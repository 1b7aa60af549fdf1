package com.claudemesh.cli.mesh;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.net.InviteGateway.Claim;
import com.claudemesh.protocol.crypto.BoxKeyPair;
import com.claudemesh.protocol.crypto.InviteV2;
import com.claudemesh.protocol.encoding.Base64Text;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A claim whose proof holds: the mesh owner has signed the invite that the server says it granted, and the root key was
 * sealed to this claimant.
 *
 * @param rootKey 32 bytes in URL Base64
 */
record ClaimedInvite(String meshId, String memberId, String slug, String name, String brokerUrl, String rootKey) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern WEB_SOCKET = Pattern.compile("wss?://[^/?#\\s@]+/ws");
    private static final int ID_CHARS_IN_SLUG = 8;

    /** @throws CliException exit code 3 when the signature is not the owner's, 8 when the answer can't be used */
    static ClaimedInvite verified(Claim claim, BoxKeyPair receiver) {
        requireOwnerSignature(claim);
        byte[] rootKey = InviteV2.openRootKey(claim.sealedRootKey(), receiver)
                .orElseThrow(() -> unusable("the root key was not sealed to this machine"));
        try {
            boolean named = ID.matcher(claim.meshId()).matches()
                    && ID.matcher(claim.memberId()).matches();
            if (!named || !WEB_SOCKET.matcher(claim.brokerUrl()).matches()) {
                throw unusable("the answer names no mesh, member or address");
            }
            String slug = slug(claim);
            return new ClaimedInvite(
                    claim.meshId(),
                    claim.memberId(),
                    slug,
                    claim.meshName().isBlank() ? slug : claim.meshName(),
                    claim.brokerUrl(),
                    Base64Text.encodeUrl(rootKey));
        } finally {
            Arrays.fill(rootKey, (byte) 0);
        }
    }

    private static void requireOwnerSignature(Claim claim) {
        boolean proven = invite(claim.canonical())
                .filter(invite -> invite.canonical().equals(claim.canonical()))
                .filter(invite -> invite.meshId().equals(claim.meshId())
                        && invite.ownerPubkey().equals(claim.ownerPubkey()))
                .filter(invite -> invite.signatureValid(claim.signature()))
                .isPresent();
        if (!proven) {
            throw new CliException(
                    ExitCode.INVALID_ARGUMENTS,
                    "invite_bad_signature",
                    "the invitation is not signed by the owner of the mesh; nothing was stored",
                    "ask the owner for a new invitation, by another way");
        }
    }

    private static Optional<InviteV2> invite(String canonical) {
        String[] fields = canonical.split("\\|", -1);
        if (fields.length != 6 || !fields[0].equals("v=2") || !fields[3].matches("[0-9]{1,15}")) {
            return Optional.empty();
        }
        return Optional.of(new InviteV2(fields[1], fields[2], Long.parseLong(fields[3]), fields[4], fields[5]));
    }

    /** What a server calls the mesh becomes a word on the command line. */
    private static String slug(Claim claim) {
        if (MeshSlug.usable(claim.meshSlug())) {
            return claim.meshSlug();
        }
        return "mesh-"
                + claim.meshId()
                        .substring(0, Math.min(ID_CHARS_IN_SLUG, claim.meshId().length()));
    }

    private static CliException unusable(String problem) {
        return new CliException(
                ExitCode.INTERNAL_ERROR,
                "bad_claim",
                "the server redeemed the invitation, but " + problem + "; nothing was stored",
                "ask for a new invitation");
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "ClaimedInvite[mesh=" + meshId + ", member=" + memberId + "]";
    }
}
