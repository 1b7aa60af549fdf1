package com.claudemesh.systemtests.harness;

import java.nio.file.Path;

/** Where the build put things. */
final class Paths {
    static final Path ROOT = Path.of(System.getProperty("claudemesh.root", ".."))
            .toAbsolutePath()
            .normalize();
    static final Path DISTRIBUTION = ROOT.resolve("ear/target/distribution");
    static final Path CLI_JAR = ROOT.resolve("cli-client/target/claudemesh.jar");
    static final Path BENCH_JAR = ROOT.resolve("bench/target/bench.jar");
    static final Path DOCKER = ROOT.resolve("docker");
    static final Path SERVER_CONFIGURATION = ROOT.resolve("ear/src/main/server");
    static final Path PLAIN_PAYARA = ROOT.resolve("system-tests/target/plain-payara/payara6");
    static final Path LAUNCHER = ROOT.resolve("claudemesh");

    private Paths() {}
}
