package com.claudemesh.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.encoding.JsonReader;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class ProjectionTest {
    private static final JsonNode PEER = JsonReader.read(
                    "{\"displayName\":\"bob\",\"stats\":{\"uptime\":5},\"status\":\"idle\"}")
            .orElseThrow();

    private static String project(String fields) {
        return Projection.parse(fields).apply(PEER).toString();
    }

    @Test
    void apply_noFields_keepsEverything() {
        assertThat(project("")).isEqualTo(PEER.toString());
    }

    @Test
    void apply_fields_inTheOrderAskedFor() {
        assertThat(project("status,displayName")).isEqualTo("{\"status\":\"idle\",\"displayName\":\"bob\"}");
    }

    @Test
    void apply_name_meansDisplayName() {
        assertThat(project("name")).isEqualTo("{\"name\":\"bob\"}");
    }

    @Test
    void apply_dottedPath_reachesInside() {
        assertThat(project("stats.uptime")).isEqualTo("{\"stats.uptime\":5}");
    }

    @Test
    void apply_unknownField_isNull() {
        assertThat(project("nothing")).isEqualTo("{\"nothing\":null}");
    }
}
