package com.claudemesh.bench.gauntlet.fuzz;

import com.claudemesh.bench.raw.WebSocketFrame;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** An endless row of hostile frames; the same seed gives the same row. Not safe for several threads. */
public final class Fuzzer {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MAX_NESTING = 5_000;
    private static final int MAX_LONG_TEXT = 40_000;
    /** Above the largest frame that a server accepts by default. */
    private static final int OVERSIZED_BYTES = 2_400_000;

    private static final List<String> HUGE_NUMBERS = List.of(
            "1e308",
            "-1e308",
            "1e309",
            "1e-400",
            "9223372036854775808",
            "-9223372036854775809",
            "1" + "0".repeat(63),
            "1" + "0".repeat(5_000),
            "0." + "3".repeat(3_000),
            "1e999999999",
            "-0");

    private static final List<String> STRANGE_TEXTS = List.of(
            "\\u0000",
            "\\ud800",
            "\\udfff\\ud800",
            "\\u202e",
            "\\uffff",
            "' OR 1=1 --",
            "../../etc/passwd",
            "%s%n%x",
            "${jndi:ldap://x}",
            "<script>",
            "\\n\\r\\t",
            "{\\\"type\\\":\\\"hello\\\"}",
            "",
            "null",
            "\uD83D\uDE00".repeat(100));

    private static final List<String> NOT_OBJECTS = List.of(
            "",
            " ",
            "null",
            "true",
            "0",
            "\"hello\"",
            "[]",
            "[{\"type\":\"send\"}]",
            "{",
            "}",
            "{}",
            "{\"type\":1}",
            "{{}",
            "nul",
            "\u0000",
            "\uFEFF{}",
            "{\"type\":\"send\"}{\"type\":\"send\"}",
            "{'type':'send'}",
            "// {}",
            "NaN");

    private final RandomGenerator random;
    private final FrameSamples samples;
    private final WebSocketBreaker breaker;
    private final int totalWeight;

    public Fuzzer(long seed) {
        random = new SplittableRandom(seed);
        samples = new FrameSamples(random);
        breaker = new WebSocketBreaker(random);
        int weight = 0;
        for (Mutation mutation : Mutation.values()) {
            weight += mutation.weight();
        }
        totalWeight = weight;
    }

    public HostileFrame next() {
        int ticket = random.nextInt(totalWeight);
        for (Mutation mutation : Mutation.values()) {
            ticket -= mutation.weight();
            if (ticket < 0) {
                return next(mutation);
            }
        }
        throw new IllegalStateException("the weights do not add up");
    }

    /** The next frame, broken in that way. */
    HostileFrame next(Mutation kind) {
        ObjectNode frame = samples.any();
        byte[] bytes =
                switch (kind) {
                    case NONE -> WebSocketFrame.text(frame.toString());
                    case WRONG_TYPE -> WebSocketFrame.text(replaced(frame, wrongValue()));
                    case MISSING_FIELD -> WebSocketFrame.text(without(frame));
                    case EXTRA_FIELD ->
                        WebSocketFrame.text(frame.set("extra" + random.nextInt(9), wrongValue())
                                .toString());
                    case DEEP_NESTING -> WebSocketFrame.text(replaced(frame, nested()));
                    case HUGE_NUMBER -> WebSocketFrame.text(replaced(frame, pick(HUGE_NUMBERS)));
                    case LONG_TEXT ->
                        WebSocketFrame.text(replaced(frame, JSON.textNode("y".repeat(random.nextInt(MAX_LONG_TEXT)))));
                    case STRANGE_TEXT -> WebSocketFrame.text(replaced(frame, '"' + pick(STRANGE_TEXTS) + '"'));
                    case DUPLICATE_KEY -> WebSocketFrame.text(duplicated(frame));
                    case TRUNCATED -> WebSocketFrame.text(truncated(frame.toString()));
                    case GARBLED -> WebSocketFrame.text(garbled(frame.toString()));
                    case NOT_AN_OBJECT -> WebSocketFrame.text(pick(NOT_OBJECTS));
                    case UNKNOWN_TYPE ->
                        WebSocketFrame.text(frame.put("type", "no_such_type_" + random.nextInt(1_000))
                                .toString());
                    case FRAGMENTED -> breaker.fragmented(frame.toString());
                    case BINARY -> WebSocketFrame.masked(WebSocketFrame.BINARY, binary(frame));
                    case OVERSIZED -> WebSocketFrame.text("z".repeat(OVERSIZED_BYTES));
                    case INVALID_UTF8 -> WebSocketFrame.masked(WebSocketFrame.TEXT, breaker.invalidUtf8(frame));
                    case BROKEN_WEBSOCKET -> breaker.broken(frame.toString());
                };
        return new HostileFrame(kind, bytes, kind.mayEndConnection());
    }

    private String replaced(ObjectNode frame, JsonNode value) {
        return frame.set(anyField(frame), value).toString();
    }

    /** As {@link #replaced(ObjectNode, JsonNode)}, with text that need not be valid JSON. */
    private String replaced(ObjectNode frame, String rawValue) {
        String marker = "@@raw@@";
        frame.put(anyField(frame), marker);
        return frame.toString().replace('"' + marker + '"', rawValue);
    }

    private String without(ObjectNode frame) {
        frame.remove(anyField(frame));
        return frame.toString();
    }

    private String anyField(ObjectNode frame) {
        List<String> names = new ArrayList<>();
        frame.fieldNames().forEachRemaining(names::add);
        return pick(names);
    }

    private JsonNode wrongValue() {
        return switch (random.nextInt(8)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2 -> JSON.numberNode(random.nextInt());
            case 3 -> JSON.numberNode(BigDecimal.valueOf(random.nextDouble()));
            case 4 -> JSON.textNode("text");
            case 5 -> JSON.arrayNode().add(JSON.objectNode()).addNull();
            case 6 -> JSON.objectNode();
            default -> JSON.objectNode().set("a", JSON.arrayNode().add(1));
        };
    }

    private String nested() {
        int depth = 2 + random.nextInt(MAX_NESTING);
        return random.nextBoolean()
                ? "[".repeat(depth) + "]".repeat(depth)
                : "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
    }

    private String duplicated(ObjectNode frame) {
        String name = anyField(frame);
        String json = frame.toString();
        return json.substring(0, json.length() - 1) + ",\"" + name + "\":" + frame.get(name) + "}";
    }

    private String truncated(String json) {
        return json.substring(0, random.nextInt(json.length()));
    }

    private String garbled(String json) {
        StringBuilder text = new StringBuilder(json);
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
            text.setCharAt(random.nextInt(text.length()), (char) (' ' + random.nextInt(95)));
        }
        return text.toString();
    }

    /** JSON as a binary frame, which is allowed, or plain noise. */
    private byte[] binary(ObjectNode frame) {
        if (random.nextBoolean()) {
            return frame.toString().getBytes(StandardCharsets.UTF_8);
        }
        byte[] noise = new byte[random.nextInt(300)];
        random.nextBytes(noise);
        return noise;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
