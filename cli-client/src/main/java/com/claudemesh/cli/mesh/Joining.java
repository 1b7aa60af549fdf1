package com.claudemesh.cli.mesh;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.Host;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.ClientConfig;
import com.claudemesh.cli.config.ConfigFile;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.config.PrivateFiles;
import com.claudemesh.cli.config.StoredLogin;
import com.claudemesh.cli.net.BrokerAddress;
import com.claudemesh.cli.net.InviteGateway.ClaimOutcome;
import com.claudemesh.cli.net.InviteGateway.Claimant;
import com.claudemesh.cli.net.InviteGateway.Enrolment;
import com.claudemesh.cli.net.InviteGateway.Preview;
import com.claudemesh.cli.net.InviteGateway.ResolvedInvite;
import com.claudemesh.protocol.crypto.BoxKeyPair;
import com.claudemesh.protocol.crypto.InviteLink;
import com.claudemesh.protocol.crypto.InviteV1;
import com.claudemesh.protocol.crypto.MalformedInviteException;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * From an invitation to a stored membership with a key pair of its own. A code is claimed, so that the root key travels
 * sealed; only where the server has no claims, the token behind the code is used.
 */
public final class Joining {
    private static final Pattern APP_LINK = Pattern.compile("claudemesh://(?:(i|join)/)?([A-Za-z0-9_-]+)/?");
    private static final int CLAIM_VERSION = 2;
    private static final String ACCEPTED_SHAPES =
            "accepted: https://<server>/i/<code>, https://<server>/join/<token>, a code or a token";

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
        InviteLink link = InviteLink.parse(normalise(invitation))
                .orElseThrow(() -> CliException.invalid("this is no invitation", ACCEPTED_SHAPES));
        return link instanceof InviteLink.Code code
                ? byCode(located(code), before, name)
                : byToken(((InviteLink.Token) link).token(), before, name);
    }

    private Joined byCode(InviteLink.Code code, ClientConfig before, @Nullable String name) {
        Optional<Preview> preview = services.invites().preview(code);
        Optional<Membership> member = preview.flatMap(Preview::meshId)
                .flatMap(meshId -> memberOf(before, meshId))
                .or(() -> joinedBy(link(code), before));
        if (member.isPresent()) {
            return new Joined(member.get(), true);
        }
        String displayName = displayName(before, name);
        Claimant claimant = new Claimant(
                BoxKeyPair.generate(),
                SigningKeyPair.generate(),
                displayName,
                services.authFile().readable());
        ClaimOutcome outcome = services.invites().claim(code, preview.flatMap(Preview::brokerUrl), claimant);
        if (outcome instanceof ClaimOutcome.Granted granted) {
            return claimed(ClaimedInvite.verified(granted.claim(), claimant.receiver()), claimant, link(code), name);
        }
        String token = preview.flatMap(Preview::token)
                .orElseThrow(() -> CliException.notFound(
                        "invite_not_found", "the server doesn't know this invitation", "ask for a new one"));
        return byToken(token, before, name);
    }

    private Joined claimed(ClaimedInvite invite, Claimant claimant, String link, @Nullable String name) {
        SigningKeyPair keys = claimant.identity();
        return store(
                slug -> new Membership(
                        invite.meshId(),
                        invite.memberId(),
                        slug,
                        invite.name(),
                        keys.publicHex(),
                        keys.secretHex(),
                        invite.brokerUrl(),
                        services.host().clock().instant().toString(),
                        invite.rootKey(),
                        CLAIM_VERSION),
                invite.slug(),
                link,
                claimant.displayName(),
                name);
    }

    private Joined byToken(String token, ClientConfig before, @Nullable String name) {
        InviteV1 invite = parse(token);
        Optional<Membership> member = memberOf(before, invite.meshId());
        if (member.isPresent()) {
            return new Joined(member.get(), true);
        }
        requireUsable(invite, services.host().clock().instant());
        SigningKeyPair keys = SigningKeyPair.generate();
        String displayName = displayName(before, name);
        Enrolment enrolment = services.invites().enrol(new ResolvedInvite(invite, token), keys, displayName);
        return store(
                slug -> new Membership(
                        invite.meshId(),
                        enrolment.memberId(),
                        slug,
                        invite.meshSlug(),
                        keys.publicHex(),
                        keys.secretHex(),
                        invite.brokerUrl(),
                        services.host().clock().instant().toString(),
                        invite.meshRootKey(),
                        InviteV1.VERSION),
                invite.meshSlug(),
                token,
                displayName,
                name);
    }

    /** A membership under the slug that is free for it. */
    private interface UnderSlug {
        Membership called(String slug);
    }

    /** @param invitation what brought it; kept so that the same invitation is known again */
    private Joined store(
            UnderSlug made, String wantedSlug, String invitation, String displayName, @Nullable String name) {
        String[] slug = {wantedSlug};
        ClientConfig stored = configFile.update(config -> {
            slug[0] = LocalMeshes.freeSlug(config, wantedSlug);
            ClientConfig joined = config.with(made.called(slug[0]));
            return name == null || config.displayName().isPresent() ? joined : joined.withDisplayName(name);
        });
        Membership mesh = stored.membership(slug[0]).orElseThrow();
        PrivateFiles.replace(services.home().inviteFile(mesh.slug()), invitation + "\n");
        services.lastUsed()
                .store(
                        mesh.slug(),
                        displayName,
                        Optional.empty(),
                        services.host().clock().instant());
        return new Joined(mesh, false);
    }

    private static InviteV1 parse(String token) {
        try {
            return InviteV1.parseToken(token);
        } catch (MalformedInviteException malformed) {
            throw CliException.invalid("the invitation is damaged: " + malformed.getMessage(), "ask for a new one");
        }
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

    /** The mesh that this very invitation has brought: to claim it again would use it up for somebody else. */
    private Optional<Membership> joinedBy(String link, ClientConfig config) {
        return config.memberships().stream()
                .filter(mesh -> PrivateFiles.read(services.home().inviteFile(mesh.slug()))
                        .filter(kept -> kept.strip().equals(link))
                        .isPresent())
                .findFirst();
    }

    private static String link(InviteLink.Code code) {
        return code.origin() + "/i/" + code.code();
    }

    private String displayName(ClientConfig config, @Nullable String name) {
        return name == null ? services.displayName(config) : name;
    }

    private InviteLink.Code located(InviteLink.Code code) {
        if (!code.origin().isEmpty()) {
            return code;
        }
        String origin = defaultOrigin();
        if (origin.isEmpty()) {
            throw CliException.invalid(
                    "a bare code doesn't say which server it is for",
                    "give the whole link, or set CLAUDEMESH_APP_URL to https://<server>");
        }
        return new InviteLink.Code(origin, code.code());
    }

    private String normalise(String invitation) {
        Matcher link = APP_LINK.matcher(invitation);
        if (!link.matches()) {
            return invitation;
        }
        String kind = link.group(1) == null ? "i" : link.group(1);
        String origin = defaultOrigin();
        return origin.isEmpty() ? link.group(2) : origin + "/" + kind + "/" + link.group(2);
    }

    /** The server that a bare code is for: as configured, else where one is signed in; empty when nothing says which. */
    private String defaultOrigin() {
        Host host = services.host();
        return host.variable("CLAUDEMESH_APP_URL")
                .or(() -> host.variable("CLAUDEMESH_BROKER_URL").map(BrokerAddress::httpBase))
                .or(() -> services.authFile().readable().map(StoredLogin::server))
                .map(origin -> origin.endsWith("/") ? origin.substring(0, origin.length() - 1) : origin)
                .orElse("");
    }
}
