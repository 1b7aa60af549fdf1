package com.claudemesh.invite;

/** The answer to a claim. */
public sealed interface ClaimOutcome {

    /**
     * @param sealedRootKey opens with the claim key only
     * @param canonical what the owner has signed
     * @param signature the owner's, 128 hex digits
     * @param already the key was a member, or the claim was made before; no use was consumed
     */
    record Claimed(
            String sealedRootKey,
            String meshId,
            String memberId,
            String ownerPublicKey,
            String canonical,
            String signature,
            String meshSlug,
            String meshName,
            String brokerUrl,
            boolean already)
            implements ClaimOutcome {}

    /** A key that nothing can be sealed to, or that nobody can say hello with; or the mesh's own keys are unusable. */
    record Malformed() implements ClaimOutcome {}

    record NotFound() implements ClaimOutcome {}

    record Gone(Invite.Flaw flaw) implements ClaimOutcome {}

    /** What is stored was not signed by the owner of the mesh. */
    record BadSignature() implements ClaimOutcome {}

    record Banned() implements ClaimOutcome {}

    /** The mesh has as many members as it may. */
    record Full(int maxMembers) implements ClaimOutcome {}
}
