package com.claudemesh.cli.testing;

import com.claudemesh.cli.config.AccountUser;
import com.claudemesh.cli.config.StoredLogin;
import com.claudemesh.cli.config.TokenSource;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.crypto.token.PersonalToken;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The account interface of a server: sign-in by device code, profile, tokens; with one account. */
public class AccountServer extends JsonServer {
    public static final AccountUser ADA = new AccountUser("acc1", "Ada", "ada@example.org");

    private final String token = PersonalToken.generate().secret();
    private final Set<String> valid = new HashSet<>(Set.of(token));
    private final Deque<Reply> polls = new ArrayDeque<>();
    private final List<ObjectNode> meshes = new ArrayList<>();

    public AccountServer() {
        on(
                "POST",
                "/cli/device-code",
                request -> Reply.ok(object().put("device_code", "DEVICECODE234567")
                        .put("user_code", "ABCD-EFGH")
                        .put("session_id", "clm_sess_x")
                        .put("expires_at", "2026-03-01T12:05:00.000Z")
                        .put("verification_url", url() + "/cli-auth")
                        .put("token_url", url() + "/token")));
        on("GET", "/cli/device-code/DEVICECODE234567", request -> poll());
        on(
                "POST",
                "/cli/session/revoke",
                request -> Reply.ok(object().put("ok", true)
                        .put("found", valid.remove(request.body().path("token").asText()))));
        on("GET", "/api/my/profile", signedIn(request -> Reply.ok(ADA.json())));
        on("GET", "/api/my/meshes", signedIn(request -> Reply.ok(myMeshes())));
        on("GET", "/cli/meshes", signedIn(request -> {
            ObjectNode body = object();
            meshes.forEach(body.putArray("meshes")::add);
            return Reply.ok(body);
        }));
    }

    /** A token of the account. */
    public String token() {
        return token;
    }

    /** What the coming polls answer, in this order; the last one again and again. */
    public void polls(Reply... answers) {
        polls.clear();
        polls.addAll(List.of(answers));
    }

    public static Reply status(String status) {
        return Reply.ok(object().put("status", status));
    }

    public Reply approved() {
        ObjectNode body = object().put("status", "approved").put("session_token", token);
        body.set("user", ADA.json());
        return Reply.ok(body);
    }

    /** The account is in this mesh. */
    public ObjectNode has(String id, String slug, String role, boolean owner) {
        ObjectNode mesh = object().put("id", id)
                .put("slug", slug)
                .put("name", slug)
                .put("role", role)
                .put("is_owner", owner)
                .put("member_count", 3)
                .put("active_peers", 2)
                .put("joined_at", "2026-02-01T00:00:00.000Z")
                .put("broker_url", brokerUrl());
        meshes.add(mesh);
        return mesh;
    }

    public List<ObjectNode> meshes() {
        return meshes;
    }

    /** Signed in at this server, as {@code login} leaves it. */
    public void signIn(TestHost host) {
        host.services().authFile().store(new StoredLogin(token, ADA, TokenSource.DEVICE_CODE, url(), ""));
    }

    /** Answers like the real server to who shows no valid token. */
    public final Function<Request, Reply> signedIn(Function<Request, Reply> handler) {
        return request -> {
            boolean api = request.path().startsWith("/api/");
            String reason = request.authorization().isEmpty() ? "missing_bearer_token" : "invalid_or_revoked_token";
            if (valid.stream().noneMatch(known -> request.authorization().equals("Bearer " + known))) {
                return api
                        ? new Reply(
                                401,
                                object().put("code", "error.unauthorized")
                                        .put("message", "sign in first: " + reason)
                                        .put("status", 401)
                                        .put("path", request.path())
                                        .put("error", "error.unauthorized"))
                        : Reply.error(401, reason);
            }
            return handler.apply(request);
        };
    }

    private Reply poll() {
        return polls.size() > 1 ? polls.poll() : polls.peek();
    }

    private ArrayNode myMeshes() {
        ArrayNode rows = Output.array();
        meshes.forEach(mesh -> rows.addObject()
                .put("id", mesh.path("id").asText())
                .put("slug", mesh.path("slug").asText())
                .put("name", mesh.path("name").asText())
                .put(
                        "role",
                        mesh.path("is_owner").asBoolean()
                                ? "owner"
                                : mesh.path("role").asText())
                .put("member_count", 3));
        return rows;
    }
}
