package com.claudemesh.mesh;

import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a mesh is about, and what its template offers.
 *
 * @param promptHint what sessions are told that they are
 * @param roles suggested roles
 * @param stateKeys shared state that the template begins with
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MeshSettings(
        @Nullable String description,
        @Nullable String template,
        @Nullable String promptHint,
        @Nullable List<MeshTemplate.Group> groups,
        @Nullable List<String> roles,
        @Nullable List<MeshTemplate.StateKey> stateKeys) {
    public static final int MAX_DESCRIPTION_CHARS = 500;

    /** A mesh without a template. */
    public static MeshSettings plain(@Nullable String description) {
        return new MeshSettings(description, null, null, null, null, null);
    }

    String toJson() {
        try {
            return Json.mapper().writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("mesh settings cannot be written", e);
        }
    }

    /** @throws IllegalStateException when the text is none of ours */
    static MeshSettings parse(String json) {
        try {
            return Json.mapper().readValue(json, MeshSettings.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("mesh settings cannot be read", e);
        }
    }
}
