package com.claudemesh.identity;

import com.claudemesh.invite.Invitations;
import com.claudemesh.invite.InviteOutcome;
import com.claudemesh.invite.InvitePreset;
import com.claudemesh.invite.InviteWish;
import com.claudemesh.mesh.Actor;
import com.claudemesh.mesh.MeshCreation;
import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.mesh.MeshView;
import com.claudemesh.mesh.Meshes;
import com.claudemesh.mesh.NewMesh;
import com.claudemesh.mesh.Role;
import com.claudemesh.platform.PrivateFile;
import com.claudemesh.platform.Settings;
import com.claudemesh.protocol.frame.Json;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a server without an administrator makes for itself: the administrator with a one-time link, and a mesh named
 * {@code home} with an invitation. The links go into {@code first-start.json} in the data directory, readable by the owner
 * only. The operator's token is made again whenever its file is missing.
 */
@Startup
@Singleton
@DependsOn("DatabaseBoot")
@TransactionManagement(TransactionManagementType.BEAN)
public class FirstStart {
    private static final String FIRST_MESH = "home";
    private static final int INVITATION_USES = 100;
    private static final Duration INVITATION_LIFE = Duration.ofDays(7);

    /** The links that the first start prints. */
    public record Links(String signInUrl, String inviteUrl, String meshSlug) {
        @Override
        public String toString() {
            return "Links[" + meshSlug + "]";
        }
    }

    @Inject
    private Accounts accounts;

    @Inject
    private Operator operator;

    @Inject
    private Meshes meshes;

    @Inject
    private MeshDirectory directory;

    @Inject
    private Invitations invitations;

    @Inject
    private Settings settings;

    @PostConstruct
    void prepare() {
        try {
            Path tokenFile = settings.dataDirectory().resolve("operator-token");
            if (!Files.exists(tokenFile)) {
                PrivateFile.write(tokenFile, operator.issueToken() + "\n");
            }
            if (accounts.firstAdministrator().isEmpty()) {
                Links links = makeFirstMesh();
                PrivateFile.write(
                        settings.dataDirectory().resolve("first-start.json"),
                        Json.mapper().writeValueAsString(links) + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the data directory is not writable: " + settings.dataDirectory(), e);
        }
    }

    private Links makeFirstMesh() {
        AccountChange.Created first = accounts.createFirstAdministrator("administrator");
        Account administrator = first.account();
        // With links that carry the root key: what is printed works for every client.
        MeshCreation made = meshes.create(NewMesh.named(FIRST_MESH, FIRST_MESH, null, administrator.id(), true));
        if (!(made instanceof MeshCreation.Created created)) {
            throw new IllegalStateException("the first mesh cannot be made: " + made);
        }
        MeshView mesh = directory.mesh(created.mesh().meshId()).orElseThrow();
        InviteOutcome invited = invitations.create(
                mesh,
                new InviteWish(Role.MEMBER, INVITATION_USES, INVITATION_LIFE, InvitePreset.NONE),
                new Invitations.Inviter(Actor.OPERATOR, administrator.id()));
        if (!(invited instanceof InviteOutcome.Created invitation)) {
            throw new IllegalStateException("the first invitation cannot be made: " + invited);
        }
        return new Links(
                first.link().url(), invitation.invite().url(), created.mesh().slug());
    }
}
