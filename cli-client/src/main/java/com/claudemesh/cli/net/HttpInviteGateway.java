package com.claudemesh.cli.net;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.Host;
import com.claudemesh.cli.api.ApiAnswer;
import com.claudemesh.cli.api.ApiClient;
import com.claudemesh.cli.config.StoredLogin;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.crypto.InviteLink;
import com.claudemesh.protocol.crypto.InviteV1;
import com.claudemesh.protocol.crypto.MalformedInviteException;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.encoding.Base64Text;
import com.claudemesh.protocol.encoding.JsonReader;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Invites at real servers. */
public final class HttpInviteGateway implements InviteGateway {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(15);
    private static final Set<String> USED_UP =
            Set.of("invite_expired", "invite_revoked", "invite_exhausted", "invite_not_found", "mesh_not_found");
    private static final Pattern STABLE = Pattern.compile("[a-z][a-z0-9_]*");

    private final Host host;

    public HttpInviteGateway(Host host) {
        this.host = host;
    }

    @Override
    public Optional<Preview> preview(InviteLink.Code code) {
        ApiAnswer answer = new ApiClient(code.origin(), null, TIMEOUT)
                .get("/api/public/invite-code/" + ApiClient.segment(code.code()));
        JsonNode body = answer.body();
        if (!answer.ok() || !body.path("found").asBoolean()) {
            return Optional.empty();
        }
        return Optional.of(
                body.path("token").isTextual()
                        ? ofToken(body.get("token").textValue())
                        : new Preview(
                                meshOf(body.path("canonical_v2").asText("")),
                                text(body, "broker_url"),
                                Optional.empty()));
    }

    private static Preview ofToken(String token) {
        try {
            InviteV1 invite = InviteV1.parseToken(token);
            return new Preview(Optional.of(invite.meshId()), Optional.of(invite.brokerUrl()), Optional.of(token));
        } catch (MalformedInviteException malformed) {
            throw CliException.invalid("the invitation is damaged: " + malformed.getMessage(), "ask for a new one");
        }
    }

    /** The mesh that a signed text is about; whether the signature is right is seen when the code is claimed. */
    private static Optional<String> meshOf(String canonical) {
        String[] fields = canonical.split("\\|", -1);
        return fields.length == 6 ? Optional.of(fields[1]) : Optional.empty();
    }

    @Override
    public ClaimOutcome claim(InviteLink.Code code, Optional<String> brokerUrl, Claimant claimant) {
        ObjectNode body = Output.object()
                .put(
                        "recipient_x25519_pubkey",
                        Base64Text.encodeUrl(claimant.receiver().publicKey()))
                .put("peer_pubkey", claimant.identity().publicHex())
                .put("display_name", claimant.displayName());
        String url = claimUrl(code, brokerUrl);
        ApiAnswer answer = post(url, body, claimant);
        boolean routeMissing = answer.json() == null && (answer.status() == 404 || answer.status() == 405);
        if (answer.status() == 501 || routeMissing) {
            return new ClaimOutcome.NotOffered();
        }
        if (!answer.ok()) {
            throw claimRefused(answer);
        }
        return new ClaimOutcome.Granted(claim(answer.body(), url));
    }

    /** Nobody needs an account to join: one that is no longer valid doesn't count. */
    private static ApiAnswer post(String url, ObjectNode body, Claimant claimant) {
        Optional<String> token = claimant.account()
                .filter(login -> !login.server().isEmpty() && url.startsWith(login.server() + "/"))
                .map(StoredLogin::token);
        if (token.isPresent()) {
            ApiAnswer answer = new ApiClient(url, token.get(), CLAIM_TIMEOUT).post("", body);
            if (answer.status() != 401) {
                return answer;
            }
        }
        return new ApiClient(url, null, CLAIM_TIMEOUT).post("", body);
    }

    private static Claim claim(JsonNode body, String url) {
        return new Claim(
                body.path("mesh_id").asText(""),
                body.path("member_id").asText(""),
                body.path("mesh_slug").asText(""),
                body.path("name").asText(""),
                text(body, "broker_url").orElseGet(() -> BrokerAddress.ofHttpOrigin(url)),
                body.path("owner_pubkey").asText(""),
                body.path("canonical_v2").asText(""),
                body.path("signature").asText(""),
                body.path("sealed_root_key").asText(""));
    }

    private String claimUrl(InviteLink.Code code, Optional<String> brokerUrl) {
        Optional<String> template = host.variable("CLAUDEMESH_CLAIM_URL");
        if (template.isPresent()) {
            return template.get().replace("{code}", ApiClient.segment(code.code()));
        }
        String base = host.variable("CLAUDEMESH_BROKER_HTTP")
                .or(() -> brokerUrl)
                .map(BrokerAddress::httpBase)
                .orElse(code.origin());
        return base + "/invites/" + ApiClient.segment(code.code()) + "/claim";
    }

    private static CliException claimRefused(ApiAnswer answer) {
        return switch (answer.error()) {
            case "not_found", "revoked", "expired", "exhausted" -> refused(answer.status(), "invite_" + answer.error());
            case "malformed", "bad_signature" ->
                new CliException(
                        ExitCode.INVALID_ARGUMENTS,
                        "invite_" + answer.error(),
                        "the server refuses the invitation as " + answer.error().replace('_', ' '),
                        "ask for a new invitation");
            default -> answer.refusal("redeem the invitation");
        };
    }

    @Override
    public Enrolment enrol(ResolvedInvite invite, SigningKeyPair keys, String displayName) {
        ObjectNode body = Output.object().put("invite_token", invite.token());
        body.set("invite_payload", JsonReader.read(invite.invite().json()).orElseThrow());
        body.put("peer_pubkey", keys.publicHex()).put("display_name", displayName);
        String base = BrokerAddress.httpBase(invite.invite().brokerUrl());
        ApiAnswer answer = new ApiClient(base, null, TIMEOUT).post("/join", body);
        if (answer.status() != 200 || !answer.body().path("ok").asBoolean()) {
            throw refused(answer.status(), answer.error().isEmpty() ? "HTTP " + answer.status() : answer.error());
        }
        return new Enrolment(
                answer.body().path("memberId").asText(),
                answer.body().path("alreadyMember").asBoolean());
    }

    private static CliException refused(int status, String error) {
        return new CliException(
                USED_UP.contains(error) ? ExitCode.NOT_FOUND : ExitCode.ofHttpStatus(status),
                STABLE.matcher(error).matches() ? error : "join_refused",
                "the server refused the invitation: " + Output.safe(error),
                "ask for a new invitation");
    }

    private static Optional<String> text(JsonNode body, String field) {
        return Optional.ofNullable(body.path(field).textValue()).filter(value -> !value.isBlank());
    }
}
