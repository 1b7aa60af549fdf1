package com.claudemesh.protocol.crypto.fingerprint;

import static com.claudemesh.protocol.crypto.Vectors.each;
import static com.claudemesh.protocol.crypto.Vectors.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.crypto.CanonicalJson;
import com.claudemesh.protocol.crypto.fingerprint.HostFingerprint.Comparison;
import com.claudemesh.protocol.crypto.fingerprint.HostFingerprint.NetworkInterfaceAddress;
import com.claudemesh.protocol.crypto.fingerprint.RequestFingerprint.Destination;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {

    private final HostFingerprint host = new HostFingerprint("linux:abc", "a4:83:e7:11:22:33");

    @TestFactory
    Stream<DynamicTest> host_vector_hasTheKnownFingerprints() {
        return each("/host_fingerprint/cases", vector -> {
            HostFingerprint subject = new HostFingerprint(text(vector, "host_id"), text(vector, "stable_mac"));

            assertThat(subject.versionTwo()).isEqualTo(text(vector, "v2_hex"));
            assertThat(subject.versionOne()).isEqualTo(text(vector, "v1_hex"));
        });
    }

    @TestFactory
    Stream<DynamicTest> mac_vector_isClassified() {
        return each(
                "/host_fingerprint/locally_administered",
                vector -> assertThat(HostFingerprint.isLocallyAdministered(text(vector, "mac")))
                        .isEqualTo(vector.get("locally_administered").booleanValue()));
    }

    @Test
    void compare_sameMachine_matches() {
        assertThat(host.compare(host.versionTwo(), "linux:abc")).isEqualTo(Comparison.MATCH);
    }

    @Test
    void compare_newNetworkCard_matchesAndIsRewritten() {
        HostFingerprint before = new HostFingerprint("linux:abc", "a4:83:e7:00:00:00");

        assertThat(host.compare(before.versionTwo(), "linux:abc")).isEqualTo(Comparison.MATCH_REWRITE);
    }

    @Test
    void compare_firstVersionFile_matchesAndIsRewritten() {
        assertThat(host.compare(host.versionOne(), "")).isEqualTo(Comparison.MATCH_REWRITE);
    }

    @Test
    void compare_otherMachine_isMismatch() {
        HostFingerprint other = new HostFingerprint("linux:def", "a4:83:e7:11:22:33");

        assertThat(host.compare(other.versionTwo(), "linux:def")).isEqualTo(Comparison.MISMATCH);
    }

    @Test
    void compare_nothingKnown_isUnavailable() {
        assertThat(new HostFingerprint("", "").compare("x", "")).isEqualTo(Comparison.UNAVAILABLE);
    }

    @Test
    void stableMac_prefersUniversalAddressAndIgnoresVirtualInterfaces() {
        assertThat(HostFingerprint.stableMac(List.of(
                        new NetworkInterfaceAddress("Docker0", "a4:83:e7:00:00:01", false),
                        new NetworkInterfaceAddress("ap1", "a4:83:e7:00:00:02", false),
                        new NetworkInterfaceAddress("en0", "a6:83:e7:00:00:03", false),
                        new NetworkInterfaceAddress("en1", "00:00:00:00:00:00", false),
                        new NetworkInterfaceAddress("eth9", "a4:83:e7:00:00:05", false),
                        new NetworkInterfaceAddress("eth8", "a4:83:e7:00:00:04", false),
                        new NetworkInterfaceAddress("a0", "a4:83:e7:00:00:06", true))))
                .isEqualTo("a4:83:e7:00:00:04");
    }

    @TestFactory
    Stream<DynamicTest> request_vector_hasTheKnownFingerprint() {
        return each("/request_fingerprint/cases", vector -> {
            JsonNode meta = vector.get("meta");
            RequestFingerprint subject = new RequestFingerprint(
                    new Destination(text(vector, "destination_kind"), text(vector, "destination_ref")),
                    vector.get("reply_to_id").textValue(),
                    text(vector, "priority"),
                    meta,
                    text(vector, "body_utf8"));

            assertThat(vector.get("envelope_version").intValue()).isEqualTo(RequestFingerprint.ENVELOPE_VERSION);
            assertThat(meta.isNull() ? "" : CanonicalJson.requestText(meta))
                    .isEqualTo(text(vector, "meta_canonical_utf8"));
            assertThat(subject.hex()).isEqualTo(text(vector, "fingerprint_hex"));
            assertThat(subject.hex().substring(0, RequestFingerprint.SHOWN_CHARS))
                    .isEqualTo(text(vector, "prefix_hex"));
        });
    }

    @ParameterizedTest
    @CsvSource({"@deploys, topic, deploys", "*, topic, *", "1994caaa, dm, 1994caaa"})
    void destination_to_isParsed(String to, String kind, String ref) {
        assertThat(Destination.parse(to)).isEqualTo(new Destination(kind, ref));
    }
}
