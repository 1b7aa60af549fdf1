package com.claudemesh.cli.mesh;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.Host;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.ClientConfig;
import com.claudemesh.cli.config.ConfigFile;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.config.PrivateFiles;
import com.claudemesh.cli.net.BrokerAddress;
import com.claudemesh.cli.net.InviteGateway.Enrolment;
import com.claudemesh.cli.net.InviteGateway.ResolvedInvite;
import com.claudemesh.protocol.crypto.InviteV1;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From an invitation to a stored membership with a key pair of its own. */
public final class Joining {
    private static final Pattern APP_LINK = Pattern.compile("claudemesh://(?:(i|join)/)?([A-Za-z0-9_-]+)/?");

    private final VerbServices services;
    private final ConfigFile configFile;

    public Joining(VerbServices services) {
        this.services = services;
        this.configFile = services.configFile();
    }

    /**
     * Joins the mesh of the invitation, or finds that it is joined already.
     *
     * @param name display name; null for the login name
     * @throws CliException exit code 3 for no invitation or a forged one, 5 for one that is no longer usable, 4 when
     *     the server can't be reached
     */
    public Joined join(String invitation, @Nullable String name) {
        ClientConfig before = configFile.load();
        if (!invitation.contains("://")) {
            Optional<Membership> named = before.memberships().stream()
                    .filter(mesh ->
                            mesh.slug().equals(invitation) || mesh.name().equals(invitation))
                    .findFirst();
            if (named.isPresent()) {
                return new Joined(named.get(), true);
            }
        }
        ResolvedInvite resolved = services.invites().resolve(normalise(invitation), defaultOrigin());
        Optional<Membership> member = memberOf(before, resolved.invite().meshId());
        if (member.isPresent()) {
            return new Joined(member.get(), true);
        }
        requireUsable(resolved.invite(), services.host().clock().instant());
        return enrol(resolved, name);
    }

    private Joined enrol(ResolvedInvite resolved, @Nullable String name) {
        SigningKeyPair keys = SigningKeyPair.generate();
        String displayName = name == null ? services.displayName(configFile.load()) : name;
        Enrolment enrolment = services.invites().enrol(resolved, keys, displayName);
        InviteV1 invite = resolved.invite();
        ClientConfig stored = configFile.update(config -> {
            String slug = freeSlug(config, invite.meshSlug());
            ClientConfig joined = config.with(new Membership(
                    invite.meshId(),
                    enrolment.memberId(),
                    slug,
                    invite.meshSlug(),
                    keys.publicHex(),
                    keys.secretHex(),
                    invite.brokerUrl(),
                    services.host().clock().instant().toString(),
                    invite.meshRootKey(),
                    InviteV1.VERSION));
            return name == null || config.displayName().isPresent() ? joined : joined.withDisplayName(name);
        });
        Membership mesh = memberOf(stored, invite.meshId()).orElseThrow();
        PrivateFiles.replace(services.home().inviteFile(mesh.slug()), resolved.token() + "\n");
        services.lastUsed()
                .store(
                        mesh.slug(),
                        displayName,
                        Optional.empty(),
                        services.host().clock().instant());
        return new Joined(mesh, false);
    }

    private static void requireUsable(InviteV1 invite, Instant now) {
        if (!invite.signatureValid()) {
            throw new CliException(
                    ExitCode.INVALID_ARGUMENTS,
                    "invite_bad_signature",
                    "the invitation is not signed by the owner it names",
                    "ask for a new invitation");
        }
        if (invite.expiresAtSeconds() <= now.getEpochSecond()) {
            throw CliException.notFound(
                    "invite_expired",
                    "the invitation expired at " + Instant.ofEpochSecond(invite.expiresAtSeconds()),
                    "ask for a new invitation");
        }
    }

    private static Optional<Membership> memberOf(ClientConfig config, String meshId) {
        return config.memberships().stream()
                .filter(mesh -> mesh.meshId().equals(meshId))
                .findFirst();
    }

    /** Two meshes may bear the same slug; here each needs its own. */
    private static String freeSlug(ClientConfig config, String wanted) {
        String slug = wanted;
        for (int number = 2; config.membership(slug).isPresent(); number++) {
            slug = wanted + "-" + number;
        }
        return slug;
    }

    private String normalise(String invitation) {
        Matcher link = APP_LINK.matcher(invitation);
        if (!link.matches()) {
            return invitation;
        }
        String kind = link.group(1) == null ? "i" : link.group(1);
        return defaultOrigin() + "/" + kind + "/" + link.group(2);
    }

    /** The server that a bare code is for; empty when nothing says which. */
    private String defaultOrigin() {
        Host host = services.host();
        return host.variable("CLAUDEMESH_APP_URL")
                .or(() -> host.variable("CLAUDEMESH_BROKER_URL").map(BrokerAddress::httpBase))
                .map(origin -> origin.endsWith("/") ? origin.substring(0, origin.length() - 1) : origin)
                .orElse("");
    }
}
