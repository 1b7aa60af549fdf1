package com.claudemesh.cli.rest;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.api.ApiAnswer;
import com.claudemesh.cli.api.ApiClient;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.BrokerAddress;
import com.claudemesh.cli.net.MeshConnection;
import com.claudemesh.cli.output.Output;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks the REST interface of one mesh in the name of its member. A key is minted with the first request. Safe for any
 * thread as far as its {@link KeyDesk} is.
 */
public final class RestSession implements AutoCloseable {
    private static final String VERSION = "/api/v1";
    /** Keys are for the topic that is asked for: it has gone since, or was never to be seen. */
    private static final String OUT_OF_SCOPE = "error.api_key_topic_out_of_scope";

    private final String base;
    private final ShortLivedKey key;
    private @Nullable ApiClient client;

    /** @param base of the server, without a slash at the end */
    public RestSession(String base, ShortLivedKey key) {
        this.base = base;
        this.key = key;
    }

    /** For a verb that asks and ends: keys come over the verb's own connection. */
    public static RestSession over(
            MeshConnection connection,
            VerbServices services,
            Membership mesh,
            ShortLivedKey.Purpose purpose,
            Output output) {
        return using(KeyDesk.over(connection), services, mesh, purpose, text -> output.warn(text, ""));
    }

    /** For what runs on: a connection is only open while a key is minted. */
    public static RestSession lasting(
            VerbServices services, Membership mesh, ShortLivedKey.Purpose purpose, Consumer<String> warnings) {
        return using(opening(services, mesh), services, mesh, purpose, warnings);
    }

    /** With keys from a desk of the caller's. */
    public static RestSession using(
            KeyDesk desk,
            VerbServices services,
            Membership mesh,
            ShortLivedKey.Purpose purpose,
            Consumer<String> warnings) {
        ShortLivedKey key = new ShortLivedKey(
                purpose, desk, opening(services, mesh), services.host().clock(), warnings);
        return new RestSession(base(services, mesh), key);
    }

    private static KeyDesk opening(VerbServices services, Membership mesh) {
        return KeyDesk.opening(
                services, mesh, services.displayName(services.configFile().load()));
    }

    /** Where {@code /api/…} of the mesh's server is: on the server itself, unless the environment says otherwise. */
    public static String base(VerbServices services, Membership mesh) {
        return services.host()
                .variable("CLAUDEMESH_API_URL")
                .map(BrokerAddress::httpBase)
                .orElseGet(() -> BrokerAddress.httpBase(mesh.brokerUrl()));
    }

    /** @param path behind {@code /api/v1}, with its query */
    public ApiAnswer get(String path) {
        return asking(api -> api.get(VERSION + path));
    }

    public ApiAnswer post(String path, JsonNode body) {
        return asking(api -> api.post(VERSION + path, body));
    }

    public ApiAnswer patch(String path, JsonNode body) {
        return asking(api -> api.patch(VERSION + path, body));
    }

    /** One attempt to open a stream, whatever the server answers. */
    HttpResponse<InputStream> events(String path, @Nullable String lastEventId) {
        return client().events(VERSION + path, lastEventId);
    }

    Instant keyRenewedAt() {
        return key.renewAt();
    }

    void renewKey() {
        key.renew();
    }

    /** Made when it is needed: it takes longer than the rest of most verbs, and they often do without. */
    private synchronized ApiClient client() {
        if (client == null) {
            client = new ApiClient(base, null, ApiClient.TIMEOUT);
        }
        return client.withToken(key.secret());
    }

    /** A key may be revoked by an administrator at any moment: one refusal leads to another key. */
    private ApiAnswer asking(Function<ApiClient, ApiAnswer> request) {
        ApiAnswer answer = request.apply(client());
        if (answer.status() == 401) {
            key.renew();
            answer = request.apply(client());
        }
        return answer;
    }

    /**
     * The body of an answer that grants.
     *
     * @param doing what was tried, as in {@code "list the members"}
     * @throws CliException with the exit code of the status and what to do next
     */
    public static JsonNode require(ApiAnswer answer, String doing) {
        if (answer.ok()) {
            return answer.body();
        }
        throw refusal(answer, doing);
    }

    public static CliException refusal(ApiAnswer answer, String doing) {
        String message = answer.body().path("message").asText();
        return switch (message.equals(OUT_OF_SCOPE) ? "topic_not_found" : answer.error()) {
            case "topic_not_found" ->
                CliException.notFound(
                        "topic_not_found", "can't " + doing + ": there is no such topic", "claudemesh topic list");
            case "issuer_member_has_no_user" ->
                new CliException(
                        ExitCode.AUTHENTICATION_FAILED,
                        "no_account",
                        "can't " + doing + ": this member belongs to no account",
                        "claudemesh login, then claudemesh sync; or ask about one mesh: claudemesh topic list");
            default -> general(answer, doing);
        };
    }

    private static CliException general(ApiAnswer answer, String doing) {
        if (answer.status() != 401) {
            return answer.refusal(doing);
        }
        return new CliException(
                ExitCode.AUTHENTICATION_FAILED,
                "key_rejected",
                "can't " + doing + ": the server does not accept the key that it has just made",
                "are CLAUDEMESH_API_URL and the mesh's address of the same server? claudemesh doctor");
    }

    @Override
    public void close() {
        key.close();
    }
}
