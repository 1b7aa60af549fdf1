package com.claudemesh.cli.mesh;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.ClientConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memberships of this machine. */
final class LocalMeshes {
    private LocalMeshes() {}

    /** Two meshes may bear the same slug; here each needs its own. */
    static String freeSlug(ClientConfig config, String wanted) {
        String slug = wanted;
        for (int number = 2; config.membership(slug).isPresent(); number++) {
            slug = wanted + "-" + number;
        }
        return slug;
    }

    /**
     * Deletes the membership, its key and its invitation.
     *
     * @return what remains
     * @throws CliException exit code 5 when it is not joined
     */
    static ClientConfig forget(VerbServices services, String slug) {
        ClientConfig remaining = services.configFile().update(config -> {
            if (config.membership(slug).isEmpty()) {
                throw CliException.notFound("mesh_not_found", "no joined mesh \"" + slug + "\"", "claudemesh list");
            }
            return config.without(slug);
        });
        Path invitation = services.home().inviteFile(slug);
        try {
            Files.deleteIfExists(invitation);
        } catch (IOException failed) {
            throw CliException.io("can't delete " + invitation + ": " + failed.getMessage());
        }
        return remaining;
    }
}
