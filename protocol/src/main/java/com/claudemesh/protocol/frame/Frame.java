package com.claudemesh.protocol.frame;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/** One JSON object on the socket. Its {@code type} is the {@link WireName} of the record. */
@JsonPropertyOrder("type")
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Frame permits ClientFrame, ServerFrame {

    @JsonProperty("type")
    default String type() {
        return FrameTypes.nameOf(getClass());
    }
}
