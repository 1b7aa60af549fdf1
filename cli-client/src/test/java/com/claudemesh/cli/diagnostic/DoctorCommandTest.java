package com.claudemesh.cli.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.net.Handshake;
import com.claudemesh.cli.testing.TestHost;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
    @TempDir
    Path home;

    private static JsonNode check(TestHost host, String name) {
        for (JsonNode check : host.json().path("checks")) {
            if (check.path("name").asText().equals(name)) {
                return check;
            }
        }
        throw new AssertionError("no check " + name + " in " + host.out());
    }

    @Test
    void call_nothingInstalled_failsWithFixes() {
        TestHost host = new TestHost(home);

        assertThat(host.run("doctor", "--json")).isEqualTo(1);
        assertThat(check(host, "MCP server registered").path("fix").asText()).contains("claudemesh install");
    }

    @Test
    void call_afterInstall_findsTheEntries() throws Exception {
        Files.createFile(
                home.resolve("claudemesh"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        TestHost host = new TestHost(home).with("PATH", home.toString());
        host.run("install");

        host.run("doctor", "--json");

        assertThat(check(host, "MCP server registered").path("ok").asBoolean()).isTrue();
        assertThat(check(host, "hooks registered").path("ok").asBoolean()).isTrue();
    }

    @Test
    void call_configReadableByOthers_fails() throws Exception {
        TestHost host = new TestHost(home);
        host.joined("crew");
        Files.setPosixFilePermissions(
                home.resolve(".claudemesh/config.json"), PosixFilePermissions.fromString("rw-r--r--"));

        host.run("doctor", "--json");

        assertThat(check(host, "configuration").path("fix").asText()).startsWith("chmod 600");
    }

    @Test
    void call_swappedKeys_fails() {
        TestHost host = new TestHost(home);
        var first = host.joined("crew");
        var second = host.joined("lab");
        host.services()
                .configFile()
                .update(config -> config.with(new com.claudemesh.cli.config.Membership(
                        first.meshId(),
                        first.memberId(),
                        first.slug(),
                        first.name(),
                        first.pubkey(),
                        second.secretKey(),
                        first.brokerUrl(),
                        first.joinedAt(),
                        null,
                        1)));

        host.run("doctor", "--json");

        assertThat(check(host, "key pair of crew").path("ok").asBoolean()).isFalse();
        assertThat(check(host, "key pair of lab").path("ok").asBoolean()).isTrue();
    }

    @Test
    void call_clockSkew_saysSetTheClock() {
        TestHost host = new TestHost(home);
        host.joined("crew");
        host.meshes().answersHello(new Handshake.Refused("timestamp_skew", "too old"));

        host.run("doctor", "--json");

        assertThat(check(host, "hello to crew").path("fix").asText()).contains("set the clock");
    }

    @Test
    void status_allReachable_succeeds() {
        TestHost host = new TestHost(home);
        host.joined("crew");

        assertThat(host.run("status", "--json")).isZero();
        assertThat(host.json().at("/meshes/0/latencyMs").asInt()).isEqualTo(7);
        assertThat(host.json().path("perms").asText()).isEqualTo("rw-------");
    }

    @Test
    void status_unreachable_isANetworkError() {
        TestHost host = new TestHost(home);
        host.joined("crew");
        host.meshes().cut("crew");

        assertThat(host.run("status", "--json")).isEqualTo(ExitCode.NETWORK_ERROR);
        assertThat(host.json().at("/meshes/0/reachable").asBoolean()).isFalse();
    }
}
