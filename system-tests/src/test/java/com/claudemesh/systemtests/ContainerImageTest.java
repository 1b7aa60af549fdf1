package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.systemtests.harness.Container;
import com.claudemesh.systemtests.harness.ListeningSockets;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image's entry point and health check, run on a plain Payara with a PostgreSQL that somebody else runs. */
class ContainerImageTest {
    @TempDir
    private Path folder;

    @Test
    void entryPoint_plainPayaraAndExternalDatabase_becomesHealthyAndStopsOnSignal() throws Exception {
        Path password = Files.writeString(folder.resolve("password"), "not asked for on this database\n");
        try (EmbeddedPostgres database = EmbeddedPostgres.start()) {
            Container container = Container.start(
                    folder,
                    Map.of(
                            "DATABASE_URL",
                            "postgres://postgres@127.0.0.1:" + database.getPort() + "/postgres",
                            "DATABASE_PASSWORD_FILE",
                            password.toString(),
                            "CLAUDEMESH_JAVA_OPTIONS",
                            "-XX:TieredStopAtLevel=1"));
            long server;
            try (container) {
                container.awaitHealthy();

                server = container.state().path("server").path("pid").asLong();
                assertThat(container.state().has("postgres")).isFalse();
                assertThat(ListeningSockets.of(server))
                        .containsExactlyInAnyOrder(
                                "tcp *:" + container.port(),
                                "tcp 127.0.0.1:"
                                        + container.state().path("adminPort").asInt());
            }
            assertThat(container.healthCheck()).isNotZero();
            assertThat(ProcessHandle.of(server)).isEmpty();
        }
    }

    @Test
    void entryPoint_withoutDatabase_saysWhatIsMissing() throws Exception {
        try (Container container = Container.start(folder, Map.of())) {
            assertThat(container.awaitEnd()).isEqualTo(1);
            assertThat(container.output().lines())
                    .singleElement()
                    .asString()
                    .contains("set DATABASE_URL or DATABASE_URL_FILE");
        }
    }

    @Test
    void entryPoint_secretFileUnreadable_saysWhich() throws Exception {
        try (Container container = Container.start(folder, Map.of("DATABASE_URL_FILE", "/nowhere/url"))) {
            assertThat(container.awaitEnd()).isEqualTo(1);
            assertThat(container.output()).contains("DATABASE_URL_FILE names /nowhere/url");
        }
    }
}
