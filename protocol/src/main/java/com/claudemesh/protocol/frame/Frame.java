package com.claudemesh.protocol.frame;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/** One JSON object on the socket. Its {@code type} is the name of the record in snake case, with a few exceptions. */
@JsonPropertyOrder("type")
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Frame permits ClientFrame, ServerFrame {

    @JsonProperty("type")
    default String type() {
        return FrameTypes.nameOf(getClass());
    }

    /** The type of all frames of a record. */
    static String typeOf(Class<? extends Frame> record) {
        return FrameTypes.nameOf(record);
    }
}
