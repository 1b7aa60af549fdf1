package com.claudemesh.mesh;

/** The decrypted keys of a mesh: what signs invitations and what they carry. Never leaves the server in one piece. */
public record MeshSecrets(String ownerPublicKey, String ownerSecretKey, String rootKey) {
    @Override
    public String toString() {
        return "MeshSecrets[" + ownerPublicKey + "]";
    }
}
