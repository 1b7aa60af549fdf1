package com.claudemesh.identity;

import com.claudemesh.invite.InviteLink;
import com.claudemesh.invite.InviteService;
import com.claudemesh.mesh.MeshCreated;
import com.claudemesh.mesh.MeshService;
import com.claudemesh.mesh.MeshView;
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
    private MeshService meshes;

    @Inject
    private InviteService invites;

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
        MeshCreated home = meshes.create(FIRST_MESH, FIRST_MESH, null, administrator.id())
                .orElseThrow(() -> new IllegalStateException("no free slug for the first mesh"));
        MeshView mesh = meshes.find(home.meshId()).orElseThrow();
        InviteLink invitation = invites.create(mesh, Role.MEMBER, INVITATION_USES, INVITATION_LIFE, administrator.id());
        return new Links(first.link().url(), invitation.url(), home.slug());
    }
}
