package com.claudemesh.cli.bridge;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.Limits;
import com.claudemesh.protocol.encoding.JsonReader;
import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.protocol.frame.Decoded;
import com.claudemesh.protocol.frame.FrameCodec;
import com.claudemesh.protocol.frame.InvalidFieldException;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.protocol.frame.Status;
import com.claudemesh.sdk.topic.TopicBody;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lines of the local socket and what they mean. Never throws on input. */
final class BridgeCodec {
    /** A message of the largest size that the protocol knows, with its frame. */
    static final int MAX_LINE_BYTES = Limits.MAX_FRAME_BYTES;

    private static final FrameCodec<ClientFrame> FRAMES = FrameCodec.forServer();

    private BridgeCodec() {}

    /** What became of a line that a verb wrote. */
    sealed interface Incoming {
        /** Blank, no JSON object, or nothing to correlate an answer with. */
        record Ignored() implements Incoming {}

        record Refused(String id, String problem) implements Incoming {}

        record Asked(String id, BridgeRequest request) implements Incoming {}
    }

    static Incoming read(String line) {
        JsonNode node = JsonReader.read(line).orElseGet(Output::object);
        String id = node.path("id").asText();
        String verb = node.path("verb").asText();
        if (id.isEmpty() || id.length() > Limits.MAX_REQUEST_ID_CHARS || verb.isEmpty()) {
            return new Incoming.Ignored();
        }
        try {
            return request(verb, node.path("args"))
                    .<Incoming>map(request -> new Incoming.Asked(id, request))
                    .orElseGet(() -> new Incoming.Refused(id, "unknown verb \"" + Output.safe(verb) + "\""));
        } catch (InvalidFieldException invalid) {
            return new Incoming.Refused(id, invalid.getMessage());
        }
    }

    private static Optional<BridgeRequest> request(String verb, JsonNode args) {
        return Optional.ofNullable(
                switch (verb) {
                    case "hello" -> new BridgeRequest.Hello();
                    case "ping" -> new BridgeRequest.Ping();
                    case "peers" -> new BridgeRequest.Peers();
                    case "send" ->
                        new BridgeRequest.Send(
                                text(args, "to"),
                                text(args, "message"),
                                args.hasNonNull("priority") ? Priority.fromWire(text(args, "priority")) : Priority.NEXT,
                                optionalText(args, "replyToId"),
                                optionalText(args, "clientMessageId"),
                                body(args.path("body")),
                                mentions(args.path("mentions")));
                    case "summary" -> new BridgeRequest.Summary(text(args, "summary"));
                    case "status_set" -> new BridgeRequest.StatusSet(Status.fromWire(text(args, "status")));
                    case "visible" -> new BridgeRequest.Visible(flag(args, "visible"));
                    case "rpc" -> new BridgeRequest.Rpc(frame(args.path("message")));
                    default -> null;
                });
    }

    /** The line that asks. */
    static String line(String id, BridgeRequest request) {
        ObjectNode line = Output.object().put("id", id).put("verb", request.verb());
        if (request instanceof BridgeRequest.Send send) {
            ObjectNode args = line.putObject("args")
                    .put("to", send.to())
                    .put("message", send.message())
                    .put("priority", send.priority().wire());
            Optional.ofNullable(send.replyToId()).ifPresent(value -> args.put("replyToId", value));
            Optional.ofNullable(send.clientMessageId()).ifPresent(value -> args.put("clientMessageId", value));
            if (send.body() != null) {
                args.set("body", Json.mapper().valueToTree(send.body()));
            }
            if (!send.mentions().isEmpty()) {
                args.set("mentions", Json.mapper().valueToTree(send.mentions()));
            }
        } else if (request instanceof BridgeRequest.Summary summary) {
            line.putObject("args").put("summary", summary.summary());
        } else if (request instanceof BridgeRequest.StatusSet status) {
            line.putObject("args").put("status", status.status().wire());
        } else if (request instanceof BridgeRequest.Visible visible) {
            line.putObject("args").put("visible", visible.visible());
        } else if (request instanceof BridgeRequest.Rpc rpc) {
            line.putObject("args").set("message", Json.mapper().valueToTree(rpc.message()));
        }
        return Json.text(line);
    }

    static String done(String id, JsonNode result) {
        ObjectNode line = Output.object().put("id", id).put("ok", true);
        line.set("result", result);
        return Json.text(line);
    }

    /** {@code error} is for people; the other fields let a verb fail as if it had asked the server itself. */
    static String failed(String id, CliException failure) {
        return Json.text(Output.object()
                .put("id", id)
                .put("ok", false)
                .put("error", failure.getMessage())
                .put("token", failure.token())
                .put("code", failure.exitCode())
                .put("hint", failure.hint()));
    }

    /**
     * The result of a reply.
     *
     * @throws CliException what the other side refused with
     */
    static JsonNode result(JsonNode reply) {
        if (reply.path("ok").asBoolean()) {
            return reply.path("result");
        }
        throw new CliException(
                reply.path("code").asInt(ExitCode.INTERNAL_ERROR),
                reply.path("token").asText("failed"),
                Output.safe(reply.path("error").asText()),
                Output.safe(reply.path("hint").asText()));
    }

    private static ClientFrame frame(JsonNode message) {
        Decoded<ClientFrame> decoded = FRAMES.decode(message.toString());
        if (decoded instanceof Decoded.Known<ClientFrame> known) {
            return known.frame();
        }
        if (decoded instanceof Decoded.Invalid<ClientFrame> invalid) {
            throw new InvalidFieldException("message", invalid.message());
        }
        throw new InvalidFieldException("message", "is no frame that this version knows");
    }

    private static @Nullable TopicBody body(JsonNode body) {
        if (body.isMissingNode() || body.isNull()) {
            return null;
        }
        JsonNode epoch = body.path("keyEpoch");
        return new TopicBody(
                body.path("bodyVersion").asInt(),
                epoch.isInt() ? epoch.intValue() : null,
                text(body, "nonce"),
                text(body, "ciphertext"));
    }

    private static List<String> mentions(JsonNode names) {
        List<String> mentions = new ArrayList<>();
        for (JsonNode name : names) {
            if (!name.isTextual()) {
                throw new InvalidFieldException("mentions", "must be a list of texts");
            }
            mentions.add(name.textValue());
        }
        return mentions;
    }

    private static String text(JsonNode args, String field) {
        JsonNode value = args.path(field);
        if (!value.isTextual()) {
            throw new InvalidFieldException(field, "must be a text");
        }
        return value.textValue();
    }

    private static boolean flag(JsonNode args, String field) {
        JsonNode value = args.path(field);
        if (!value.isBoolean()) {
            throw new InvalidFieldException(field, "must be true or false");
        }
        return value.booleanValue();
    }

    private static @Nullable String optionalText(JsonNode args, String field) {
        return args.hasNonNull(field) ? text(args, field) : null;
    }
}
