package com.claudemesh.web;

import com.claudemesh.presence.WireTime;
import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Compact JSON answers in the shapes of the protocol. */
public final class Answer {
    public static final String JSON = "application/json";

    private Answer() {}

    public static Response ok(Object body) {
        return json(200, body);
    }

    public static Response json(int status, Object body) {
        return builder(status, body).build();
    }

    public static Response.ResponseBuilder builder(int status, Object body) {
        try {
            return Response.status(status)
                    .entity(Json.mapper().writeValueAsString(body))
                    .type(JSON);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer cannot be written", e);
        }
    }

    /** {@code {"error":text}} */
    public static Response error(int status, String error) {
        return json(status, Map.of("error", error));
    }

    /** {@code {"ok":false,"error":text}} */
    public static Response notOk(int status, String error) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("ok", false);
        body.put("error", error);
        return json(status, body);
    }

    /** 422 naming the field, or the parameter, that is wrong. */
    public static Response invalid(String field, String problem) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", "invalid");
        body.put("field", field);
        body.put("message", field + " " + problem);
        return json(422, body);
    }

    /** The envelope of the application's interface (http §4). {@code error} repeats the code for clients that read that. */
    public static Response envelope(int status, String code, String message, String path, Instant now) {
        return json(status, envelopeBody(status, code, message, path, now));
    }

    /** As {@link #envelope}, for callers that have more to say. */
    public static Map<String, Object> envelopeBody(int status, String code, String message, String path, Instant now) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("code", code);
        body.put("message", message);
        body.put("status", status);
        body.put("timestamp", WireTime.text(now));
        body.put("path", path);
        body.put("error", code);
        return body;
    }

    public static WebApplicationException stop(Response response) {
        return new WebApplicationException(response);
    }
}
