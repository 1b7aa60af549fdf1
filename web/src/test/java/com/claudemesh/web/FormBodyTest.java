package com.claudemesh.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FormBodyTest {

    @Test
    void parse_encodedFields_areDecoded() {
        FormBody form = parse("name=Ada+L%C3%B6we&password=a%26b%3Dc&empty=");

        assertThat(form.text("name")).isEqualTo("Ada L\u00f6we");
        assertThat(form.text("password")).isEqualTo("a&b=c");
        assertThat(form.text("empty")).isEmpty();
        assertThat(form.text("absent")).isEmpty();
    }

    @Test
    void parse_fieldTwice_keepsTheFirst() {
        assertThat(parse("a=1&a=2").text("a")).isEqualTo("1");
    }

    @Test
    void parse_brokenEscape_leavesThatFieldOut() {
        assertThat(parse("a=%zz&b=ok").text("b")).isEqualTo("ok");
        assertThat(parse("a=%zz&b=ok").text("a")).isEmpty();
    }

    private static FormBody parse(String form) {
        return FormBody.parse(form.getBytes(StandardCharsets.UTF_8));
    }
}
