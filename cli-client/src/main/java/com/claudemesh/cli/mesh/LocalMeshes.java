package com.claudemesh.cli.mesh;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.ClientConfig;
import com.claudemesh.cli.config.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

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
        delete(services.home().inviteFile(slug));
        return remaining;
    }

    /** Gives the membership another slug, and takes along what is kept under the old one. Nothing when it is not joined. */
    static void rename(VerbServices services, String slug, String wanted) {
        ClientConfig before = services.configFile().load();
        if (before.membership(slug).isEmpty()) {
            return;
        }
        services.configFile()
                .update(config -> config.membership(slug)
                        .map(joined -> config.replacing(slug, joined.called(wanted, wanted)))
                        .orElse(config));
        services.grantsFile().store(wanted, services.grantsFile().of(slug));
        PrivateFiles.read(services.home().inviteFile(slug)).ifPresent(text -> {
            PrivateFiles.replace(services.home().inviteFile(wanted), text);
            delete(services.home().inviteFile(slug));
        });
        if (services.lastUsed().slug().filter(slug::equals).isPresent()) {
            services.lastUsed()
                    .store(
                            wanted,
                            services.displayName(before),
                            Optional.empty(),
                            services.host().clock().instant());
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw CliException.io("can't delete " + file + ": " + failed.getMessage());
        }
    }
}
