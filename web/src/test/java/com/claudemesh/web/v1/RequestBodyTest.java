package com.claudemesh.web.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBodyTest {
    private static final int MAX_BYTES = 200;

    @Test
    void read_fieldsThatFit_areThere() {
        RequestBody body = read("{\"a\":\"x\",\"n\":2,\"list\":[\"p\",\"q\"],\"yes\":true,\"none\":null}");

        assertThat(body.text("a", 1, 10)).isEqualTo("x");
        assertThat(body.number("n", 1, 2)).contains(2);
        assertThat(body.texts("list", 1, 2, 1)).contains(List.of("p", "q"));
        assertThat(body.flag("yes")).isTrue();
        assertThat(body.optionalText("none", 1, 10)).isEmpty();
        assertThat(body.texts("missing", 0, 1, 1)).isEmpty();
    }

    @Test
    void read_anotherTypeThanJson_isAnEmptyObject() {
        RequestBody body = RequestBody.read(stream("{\"a\":\"x\"}"), MediaType.TEXT_PLAIN_TYPE, MAX_BYTES);

        assertThat(body.has("a")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "\"x\"", "{", "nonsense", "{\"a\":1}{}", "{\"a\":1,\"a\":2}"})
    void read_anythingButOneObject_isMalformed(String text) {
        ApiProblem problem = problem(() -> read(text));

        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.code()).isEqualTo("error.malformed_json");
    }

    @Test
    void read_moreThanTheLimit_isTooLarge() {
        assertThat(problem(() -> read("{\"a\":\"" + "x".repeat(MAX_BYTES) + "\"}"))
                        .status())
                .isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"a\":1}", "{\"a\":\"\"}", "{\"a\":\"12345\"}", "{\"a\":null}", "{\"a\":[\"x\"]}"})
    void text_thatDoesNotFit_namesTheField(String text) {
        refusedFor("a", text, body -> body.text("a", 1, 4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":\"1\"}", "{\"a\":0}", "{\"a\":3}", "{\"a\":1.5}", "{\"a\":99999999999}"})
    void number_thatDoesNotFit_namesTheField(String text) {
        refusedFor("a", text, body -> body.number("a", 1, 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"a\":\"x\"}", "{\"a\":[]}", "{\"a\":[\"x\",\"y\",\"z\"]}", "{\"a\":[1]}", "{\"a\":[\"\"]}"})
    void texts_thatDoNotFit_nameTheField(String text) {
        refusedFor("a", text, body -> body.texts("a", 1, 2, 4));
    }

    @Test
    void flag_thatIsNone_namesTheField() {
        refusedFor("a", "{\"a\":\"true\"}", body -> body.flag("a"));
    }

    private static void refusedFor(String field, String text, Consumer<RequestBody> access) {
        ApiProblem problem = problem(() -> access.accept(read(text)));

        assertThat(problem.status()).isEqualTo(422);
        assertThat(problem.field()).isEqualTo(field);
        assertThat(problem.getMessage()).startsWith(field + ":");
    }

    private static ApiProblem problem(Runnable work) {
        return catchThrowableOfType(ApiProblem.class, work::run);
    }

    private static RequestBody read(String text) {
        return RequestBody.read(stream(text), MediaType.APPLICATION_JSON_TYPE, MAX_BYTES);
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
