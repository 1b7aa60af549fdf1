package com.claudemesh.protocol.frame;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose connections were ended, one session name per connection.
 *
 * @param affected the same as {@code kicked}
 * @param skippedControlPlane daemons that fit too and were left alone; absent when there were none
 */
public record KickAck(
        List<String> kicked,
        List<String> affected,
        @Nullable @JsonProperty("skipped_control_plane") List<String> skippedControlPlane)
        implements ServerFrame {

    public static KickAck of(List<String> kicked, List<String> skipped) {
        return new KickAck(kicked, kicked, skipped.isEmpty() ? null : skipped);
    }
}
