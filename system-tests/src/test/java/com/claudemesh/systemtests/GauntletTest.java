package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.systemtests.harness.Bench;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The fault gauntlet, shortened: every kind of fault strikes once, and every promise holds. */
class GauntletTest {

    @Test
    void gauntlet_everyFaultOnce_everyPromiseHolds() throws Exception {
        Bench.Result result = Bench.run(
                "gauntlet",
                "--rounds",
                "1",
                "--seed",
                "7",
                "--rate",
                "200",
                "--pairs",
                "4",
                "--malformed",
                "2000",
                "--storm",
                "100",
                "--frozen",
                "3",
                "--frozen-seconds",
                "2",
                "--jumps",
                "2");

        List<String> faults = new ArrayList<>();
        for (JsonNode report : result.jsonLines()) {
            faults.add(report.path("fault").asText());
            assertThat(report.path("problems")).as(report.toPrettyString()).isEmpty();
            assertThat(report.path("balance").path("acknowledged").asLong()).isPositive();
        }
        assertThat(faults)
                .containsExactly(
                        "malformed-frames",
                        "connection-storm",
                        "frozen-clients",
                        "clock-jump",
                        "postgres-kill",
                        "server-kill");
        assertThat(result.exitCode()).as(result.output()).isZero();
    }
}
