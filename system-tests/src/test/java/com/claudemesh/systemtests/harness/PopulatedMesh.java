package com.claudemesh.systemtests.harness;

import com.claudemesh.protocol.crypto.BoxKeyPair;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.encoding.Base64Text;
import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** A mesh with an owner, an administrator and members, and somebody who is not in it. Shared by tests, which add to it. */
public final class PopulatedMesh {
    private static PopulatedMesh shared;

    public final SigningKeyPair memberKey = SigningKeyPair.generate();
    public final AccountPerson owner;
    public final AccountPerson admin;
    public final AccountPerson member;
    public final AccountPerson stranger;
    public final JsonNode mesh;
    public final String ownerId;
    public final String adminId;
    public final String memberId;

    /** A member whose rights tests change. */
    public final String targetId;

    /** The stranger's member in a mesh of its own. */
    public final String foreignMemberId;

    private final SignInServer place;

    private PopulatedMesh(SignInServer place) throws IOException {
        this.place = place;
        owner = AccountPerson.signedUp(place);
        admin = AccountPerson.signedUp(place);
        member = AccountPerson.signedUp(place);
        stranger = AccountPerson.signedUp(place);
        mesh = owner.createsMesh("rights");
        ownerId = mesh.path("member_id").asText();
        adminId = joins(admin, "admin", SigningKeyPair.generate());
        memberId = joins(member, "member", memberKey);
        targetId = joins(AccountPerson.signedUp(place), "member", SigningKeyPair.generate());
        foreignMemberId = stranger.createsMesh("foreign").path("member_id").asText();
    }

    public static synchronized PopulatedMesh shared() throws IOException {
        if (shared == null) {
            shared = new PopulatedMesh(SignInServer.shared());
        }
        return shared;
    }

    /** Invites the person, who claims the invitation for the key; returns the new member's id. */
    public String joins(AccountPerson person, String role, SigningKeyPair key) {
        JsonNode invite = owner.invites(mesh, "{\"role\":\"" + role + "\"}");
        String claim = Json.mapper()
                .createObjectNode()
                .put(
                        "recipient_x25519_pubkey",
                        Base64Text.encodeUrl(BoxKeyPair.generate().publicKey()))
                .put("peer_pubkey", key.publicHex())
                .put("display_name", "Joined " + role)
                .toString();
        return person.asks("POST", "/invites/" + invite.path("code").asText() + "/claim", claim)
                .path("member_id")
                .asText();
    }

    /** Somebody new with an account, who is in no mesh. */
    public AccountPerson signedUp() {
        try {
            return AccountPerson.signedUp(place);
        } catch (IOException e) {
            throw new AssertionError("no account", e);
        }
    }

    /** A member as it connects. */
    public TestMember peer(String id, SigningKeyPair key) {
        return new TestMember(mesh.path("id").asText(), id, key.publicHex(), key.secretHex(), "Bob");
    }

    /** The text with the mesh and its members in place of the words that stand for them. */
    public String filled(String text) {
        return text.replace("SLUG", mesh.path("slug").asText())
                .replace("MESH", mesh.path("id").asText())
                .replace("MEMBER", memberId)
                .replace("TARGET", targetId)
                .replace("OWNER", ownerId)
                .replace("ADMIN", adminId)
                .replace("FOREIGN", foreignMemberId);
    }
}
