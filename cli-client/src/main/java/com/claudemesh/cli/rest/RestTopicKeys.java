package com.claudemesh.cli.rest;

import com.claudemesh.cli.api.ApiAnswer;
import com.claudemesh.cli.api.ApiClient;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.crypto.Sealed;
import com.claudemesh.sdk.topic.TopicKeyServer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The sealed copies of topic keys that a server keeps, over REST. */
public final class RestTopicKeys implements TopicKeyServer {
    private static final int FIRST_EPOCH = 1;
    private static final String LEFT = "left";
    private static final String BANNED = "banned";

    private final RestSession rest;

    public RestTopicKeys(RestSession rest) {
        this.rest = rest;
    }

    @Override
    public Copy copy(String topic, OptionalInt epoch) {
        String query = epoch.isPresent() ? "?keyEpoch=" + epoch.getAsInt() : "";
        ApiAnswer answer = rest.get(path(topic) + "/key" + query);
        return switch (answer.error()) {
            case "topic_unencrypted" -> new Copy.Unencrypted();
            case "key_not_sealed_for_member" -> new Copy.NotSealedYet();
            default -> found(RestSession.require(answer, "get the key of #" + Output.safe(topic)));
        };
    }

    private static Copy found(JsonNode body) {
        return new Copy.Found(
                new Sealed(
                        body.path("nonce").asText(), body.path("encryptedKey").asText()),
                body.path("keyEpoch").asInt(FIRST_EPOCH),
                body.path("rotationDue").asBoolean(),
                text(body, "senderPubkey"),
                text(body, "sealedByPubkey"),
                former(body));
    }

    private static Optional<FormerMember> former(JsonNode body) {
        String standing = text(body, "sealedByStanding");
        return standing.equals(LEFT) || standing.equals(BANNED)
                ? Optional.of(new FormerMember(
                        text(body, "sealedByPubkey"),
                        body.hasNonNull("sealedByName") ? text(body, "sealedByName") : "somebody",
                        standing.equals(BANNED)))
                : Optional.empty();
    }

    @Override
    public Pending pending(String topic) {
        JsonNode body = RestSession.require(
                rest.get(path(topic) + "/pending-seals"), "ask who waits for the key of #" + Output.safe(topic));
        List<PendingEarlier> earlier = new ArrayList<>();
        body.path("pendingEarlier")
                .forEach(row -> earlier.add(
                        new PendingEarlier(member(row), row.path("keyEpoch").asInt())));
        return new Pending(
                body.path("keyEpoch").asInt(FIRST_EPOCH), members(body.path("pending")), List.copyOf(earlier));
    }

    @Override
    public SealAnswer seal(String topic, String memberId, int epoch, Sealed copy) {
        ObjectNode body = Output.object()
                .put("memberId", memberId)
                .put("encryptedKey", copy.ciphertext())
                .put("nonce", copy.nonce())
                .put("keyEpoch", epoch);
        ApiAnswer answer = rest.post(path(topic) + "/seal", body);
        return switch (answer.error()) {
            case "already_sealed", "recipient_not_in_topic", "not_a_key_holder" ->
                new SealAnswer.NotNeeded(answer.error());
            default -> {
                RestSession.require(answer, "share the key of #" + Output.safe(topic));
                yield new SealAnswer.Stored();
            }
        };
    }

    @Override
    public ClaimAnswer claim(String topic, String ownPublicKey, int epoch, Sealed ownCopy) {
        ObjectNode body = Output.object()
                .put("encryptedKeyPubkey", ownPublicKey)
                .put("encryptedKey", ownCopy.ciphertext())
                .put("nonce", ownCopy.nonce())
                .put("keyEpoch", epoch);
        ApiAnswer answer = rest.post(path(topic) + "/claim-key", body);
        if (answer.error().equals("already_encrypted")) {
            return new ClaimAnswer.TooLate();
        }
        RestSession.require(answer, "make a key for #" + Output.safe(topic));
        return new ClaimAnswer.Claimed();
    }

    @Override
    public List<Member> members() {
        return members(
                RestSession.require(rest.get("/members"), "list the members").path("members"));
    }

    private static List<Member> members(JsonNode rows) {
        List<Member> members = new ArrayList<>();
        rows.forEach(row -> members.add(member(row)));
        return List.copyOf(members);
    }

    private static Member member(JsonNode row) {
        return new Member(
                row.path("memberId").asText(),
                row.path("pubkey").asText(),
                row.path("displayName").asText());
    }

    private static String path(String topic) {
        return "/topics/" + ApiClient.segment(topic);
    }

    private static String text(JsonNode body, String field) {
        return body.hasNonNull(field) ? body.get(field).asText() : "";
    }
}
