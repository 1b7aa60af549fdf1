package com.claudemesh.distribution;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder that the build made: read-only to the supervisor, apart from unpacked PostgreSQL binaries. */
record Home(Path root) {

    /** The folder whose {@code lib} this class was loaded from. */
    static Home ofThisProcess() {
        try {
            Path jar = Path.of(Home.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Home home = new Home(jar.toAbsolutePath().getParent().getParent());
            if (!Files.exists(home.ear()) || !Files.isDirectory(home.payara())) {
                throw new Refusal("the distribution in " + home.root + " is incomplete; build it again");
            }
            return home;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    Path libraries() {
        return root.resolve("lib");
    }

    Path ear() {
        return root.resolve("claudemesh.ear");
    }

    Path payara() {
        return root.resolve("payara6/glassfish");
    }

    /** The domain as Payara ships it. */
    Path domainTemplate() {
        return payara().resolve("domains/domain1");
    }

    /** Asadmin commands that make a plain domain ours, one a line. */
    Path configureCommands() {
        return root.resolve("server/configure.asadmin");
    }

    Path deployCommands() {
        return root.resolve("server/deploy.asadmin");
    }

    Path javaOptions() {
        return root.resolve("server/jvm.options");
    }

    Path logging() {
        return root.resolve("server/logging.properties");
    }

    Path postgresConfiguration() {
        return root.resolve("server/postgresql.conf");
    }
}
