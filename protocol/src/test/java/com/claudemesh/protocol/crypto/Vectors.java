package com.claudemesh.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.encoding.Base64Text;
import com.claudemesh.protocol.encoding.Hex;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** The interoperability vectors that were made with libsodium, as one dynamic test for each case. */
public final class Vectors {

    private static final JsonNode ROOT = load();

    private Vectors() {}

    /** What to assert about one case. */
    public interface Check {
        void run(JsonNode vector) throws Exception;
    }

    /** The whole file. */
    public static JsonNode root() {
        return ROOT;
    }

    /** The value at a path like {@code /invite_v1/owner_mismatch}; fails if there is none. */
    public static JsonNode at(String path) {
        JsonNode value = ROOT.at(JsonPointer.compile(path));
        assertThat(value.isMissingNode()).as("vectors%s is missing", path).isFalse();
        return value;
    }

    /** One test for each element of the list at a path; fails if the list is missing or empty. */
    public static Stream<DynamicTest> each(String path, Check check) {
        JsonNode list = at(path);
        assertThat(list.isArray() && !list.isEmpty())
                .as("vectors%s has cases", path)
                .isTrue();
        return IntStream.range(0, list.size())
                .mapToObj(i -> DynamicTest.dynamicTest(
                        path + "/" + i + " " + list.get(i).path("id").asText(), () -> check.run(list.get(i))));
    }

    /** The text member of a case; fails if it is missing. */
    public static String text(JsonNode vector, String member) {
        assertThat(vector.path(member).isTextual()).as("%s is a text", member).isTrue();
        return vector.get(member).textValue();
    }

    /** The bytes of a hexadecimal member. */
    public static byte[] hex(JsonNode vector, String member) {
        return Hex.decode(text(vector, member));
    }

    /** The bytes of a padded Base64 member. */
    public static byte[] b64(JsonNode vector, String member) {
        return Base64Text.decode(text(vector, member));
    }

    private static JsonNode load() {
        try (InputStream file = Vectors.class.getResourceAsStream("/vectors.json")) {
            return JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build()
                    .readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
