package com.claudemesh.cli.account;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.net.BrokerAddress;
import com.claudemesh.cli.output.Output;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which server a verb about an account talks to: {@code scheme://host[:port]}, without a slash at the end. */
final class ServerAddress {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private ServerAddress() {}

    /** What was asked for, by option or environment. */
    static Optional<String> asked(VerbServices services, AccountOptions options) {
        return options.server()
                .or(() -> services.host().variable("CLAUDEMESH_BROKER_URL"))
                .or(() -> services.host().variable("CLAUDEMESH_API_URL"))
                .map(ServerAddress::normalise);
    }

    /**
     * That of the joined meshes, when they share one.
     *
     * @throws CliException exit code 3 when there is none, or several
     */
    static String ofMeshes(VerbServices services) {
        List<String> servers = services.configFile().load().memberships().stream()
                .map(mesh -> normalise(mesh.brokerUrl()))
                .distinct()
                .toList();
        if (servers.size() == 1) {
            return servers.get(0);
        }
        throw CliException.invalid(
                servers.isEmpty() ? "which server?" : "which server? joined: " + String.join(", ", servers),
                "add --server https://<server>, or set CLAUDEMESH_BROKER_URL");
    }

    /** Where {@code /api/…} is: on the server itself, unless the environment says otherwise. */
    static String api(VerbServices services, String server) {
        return services.host()
                .variable("CLAUDEMESH_API_URL")
                .map(ServerAddress::normalise)
                .orElse(server);
    }

    /** Whether what is sent there can be read on the way. */
    static boolean exposed(String server) {
        URI uri = URI.create(server);
        return "http".equals(uri.getScheme()) && !LOOPBACK.contains(String.valueOf(uri.getHost()));
    }

    /** @throws CliException exit code 3 when it is no address of a server */
    static String normalise(String text) {
        String address = BrokerAddress.httpBase(text.strip());
        String complete = address.contains("://") ? address : "https://" + address;
        try {
            URI uri = new URI(complete);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (Set.of("http", "https").contains(scheme)
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && !uri.getRawAuthority().endsWith(":")) {
                return scheme + "://" + uri.getRawAuthority().toLowerCase(Locale.ROOT)
                        + Optional.ofNullable(uri.getRawPath()).orElse("");
            }
        } catch (URISyntaxException malformed) {
            // Answered below like every other text that is no address.
        }
        throw CliException.invalid(
                "\"" + Output.safe(text) + "\" is no address of a server", "like https://mesh.example.org");
    }
}
