package com.claudemesh.cli.net;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.crypto.InviteLink;
import com.claudemesh.protocol.crypto.InviteV1;
import com.claudemesh.protocol.crypto.MalformedInviteException;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.encoding.JsonReader;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Invites at real servers. */
public final class HttpInviteGateway implements InviteGateway {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String ACCEPTED_SHAPES =
            "accepted: https://<server>/i/<code>, https://<server>/join/<token>, a code or a token";

    @Override
    public ResolvedInvite resolve(String text, String defaultOrigin) {
        InviteLink link = InviteLink.parse(text)
                .orElseThrow(() -> CliException.invalid("this is no invitation", ACCEPTED_SHAPES));
        String token =
                link instanceof InviteLink.Code code ? lookUp(code, defaultOrigin) : ((InviteLink.Token) link).token();
        try {
            return new ResolvedInvite(InviteV1.parseToken(token), token);
        } catch (MalformedInviteException malformed) {
            throw CliException.invalid("the invitation is damaged: " + malformed.getMessage(), "ask for a new one");
        }
    }

    @Override
    public Enrolment enrol(ResolvedInvite invite, SigningKeyPair keys, String displayName) {
        ObjectNode body = Output.object().put("invite_token", invite.token());
        body.set("invite_payload", JsonReader.read(invite.invite().json()).orElseThrow());
        body.put("peer_pubkey", keys.publicHex()).put("display_name", displayName);
        String base = BrokerAddress.httpBase(invite.invite().brokerUrl());
        HttpResponse<String> response = exchange(request(base + "/join")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
        JsonNode answer = JsonReader.read(response.body()).orElseGet(Output::object);
        if (response.statusCode() != 200 || !answer.path("ok").asBoolean()) {
            throw refused(response.statusCode(), answer.path("error").asText("HTTP " + response.statusCode()));
        }
        return new Enrolment(
                answer.path("memberId").asText(), answer.path("alreadyMember").asBoolean());
    }

    private static String lookUp(InviteLink.Code code, String defaultOrigin) {
        String origin = code.origin().isEmpty() ? defaultOrigin : code.origin();
        if (origin.isEmpty()) {
            throw CliException.invalid(
                    "a bare code doesn't say which server it is for",
                    "give the whole link, or set CLAUDEMESH_APP_URL to https://<server>");
        }
        HttpResponse<String> response = exchange(
                request(origin + "/api/public/invite-code/" + code.code()).GET().build());
        JsonNode answer = JsonReader.read(response.body()).orElseGet(Output::object);
        if (response.statusCode() == 404 || !answer.path("token").isTextual()) {
            throw CliException.notFound(
                    "invite_not_found", "the server doesn't know this invitation", "ask for a new one");
        }
        return answer.get("token").textValue();
    }

    private static CliException refused(int status, String error) {
        int exitCode = error.equals("invite_expired")
                        || error.equals("invite_revoked")
                        || error.equals("invite_exhausted")
                        || error.equals("invite_not_found")
                        || error.equals("mesh_not_found")
                ? ExitCode.NOT_FOUND
                : ExitCode.ofHttpStatus(status);
        boolean stable = error.matches("[a-z][a-z0-9_]*");
        return new CliException(
                exitCode,
                stable ? error : "join_refused",
                "the server refused the invitation: " + Output.safe(error),
                "ask for a new invitation");
    }

    private static HttpRequest.Builder request(String url) {
        try {
            return HttpRequest.newBuilder(URI.create(url))
                    .timeout(TIMEOUT)
                    .header("Content-Type", "application/json")
                    .header("Accept", "application/json")
                    .header("User-Agent", "claudemesh-cli/1.0");
        } catch (IllegalArgumentException malformed) {
            throw CliException.invalid("\"" + Output.safe(url) + "\" is no address");
        }
    }

    private static HttpResponse<String> exchange(HttpRequest request) {
        try {
            return HttpClients.forAddress(request.uri().toString(), TIMEOUT)
                    .send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw CliException.network("can't reach " + request.uri().getAuthority());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CliException(ExitCode.CANCELLED, "cancelled", "interrupted", "");
        }
    }
}
