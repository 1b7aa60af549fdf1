package com.claudemesh.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** REST answers and stored columns hold the frames' records too, by Jackson's mapper: both must mean the same. */
class RecordsAndMapperTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int SAMPLES = 400;

    private final SplittableRandom random = new SplittableRandom(11);

    static Stream<Class<?>> frames() {
        return Stream.concat(
                Stream.of(ClientFrame.class.getPermittedSubclasses()),
                Stream.of(ServerFrame.class.getPermittedSubclasses()));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void record_anyMembers_isReadAndWrittenAsByTheMapper(Class<? extends Record> type) throws JsonProcessingException {
        int read = 0;
        for (int i = 0; i < SAMPLES; i++) {
            ObjectNode sample = sample(type, i % 2 == 0 ? 0 : 12);
            Object byMapper = byMapper(sample, type);
            Object byReader = byReader(sample, type);
            assertThat(byReader).as(sample.toString()).isEqualTo(byMapper);
            if (byReader instanceof Record record) {
                read++;
                assertThat(FrameCodec.encode((Frame) record))
                        .isEqualTo(Json.mapper().writeValueAsString(record));
            }
        }
        assertThat(read).isPositive();
    }

    private static Object byMapper(ObjectNode sample, Class<?> type) {
        try {
            return Json.mapper().treeToValue(sample, type);
        } catch (JsonProcessingException refused) {
            return "refused";
        }
    }

    private static Object byReader(ObjectNode sample, Class<?> type) {
        try {
            return RecordReader.read(sample, type);
        } catch (InvalidFieldException | RecordReader.WrongTypeException refused) {
            return "refused";
        }
    }

    /** @param wrong of a hundred members, how many are anything */
    private ObjectNode sample(Class<?> type, int wrong) {
        ObjectNode sample = NODES.objectNode();
        for (RecordComponent component : type.getRecordComponents()) {
            JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
            String name = renamed == null ? component.getName() : renamed.value();
            if (random.nextInt(100) >= wrong) {
                sample.set(name, value(name, component.getGenericType(), wrong));
            }
        }
        return sample;
    }

    private JsonNode value(String name, Type type, int wrong) {
        if (random.nextInt(100) < wrong) {
            return anything();
        }
        if (type instanceof ParameterizedType generic) {
            Type inner = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            return generic.getRawType() == Map.class
                    ? NODES.objectNode().set("ab".repeat(32), value(name, inner, wrong))
                    : NODES.arrayNode().add(value(name, inner, wrong));
        }
        Class<?> simple = (Class<?>) type;
        if (simple.isRecord()) {
            return sample(simple, wrong);
        }
        if (simple.isEnum()) {
            Object[] constants = simple.getEnumConstants();
            return NODES.textNode(((WireText) constants[random.nextInt(constants.length)]).wire());
        }
        if (simple == String.class) {
            return NODES.textNode(texts(name).get(random.nextInt(texts(name).size())));
        }
        if (simple == Boolean.class || simple == boolean.class) {
            return NODES.booleanNode(random.nextBoolean());
        }
        return simple == JsonNode.class ? anything() : NODES.numberNode(random.nextInt(1, 50));
    }

    /** Some that fields accept. */
    private static List<String> texts(String name) {
        return name.toLowerCase(Locale.ROOT).contains("key")
                ? List.of("ab".repeat(32))
                : List.of("all-of-it", "read", "a", "0");
    }

    private JsonNode anything() {
        return switch (random.nextInt(14)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.textNode("");
            case 2 -> NODES.textNode("7");
            case 3 -> NODES.numberNode(7);
            case 4 -> NODES.numberNode(Long.MAX_VALUE);
            case 5 -> NODES.numberNode(7.5);
            case 6 -> NODES.numberNode(7.0);
            case 7 -> NODES.booleanNode(true);
            case 8 -> NODES.objectNode();
            case 9 -> NODES.objectNode().putNull("name");
            case 10 -> NODES.arrayNode().addNull();
            case 11 -> NODES.arrayNode().add("x").add(1);
            case 12 -> NODES.numberNode(new BigInteger("9".repeat(30)));
            default -> NODES.arrayNode();
        };
    }
}
