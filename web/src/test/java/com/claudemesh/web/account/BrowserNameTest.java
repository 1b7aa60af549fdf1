package com.claudemesh.web.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrowserNameTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0 | Firefox on Linux",
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/150.0.0.0 Safari/537.36 | Chrome on Linux",
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/1 Safari/5 Edg/1 | Edge on Windows",
                "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/1 Mobile Safari/5 | Chrome on Android",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604 | Safari on iPhone",
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) Version/17.0 Safari/605 | Safari on macOS",
                "curl/8.0 | curl/8.0",
                "'' | ''"
            })
    void of_header_isWhatPeopleCallIt(String userAgent, String name) {
        assertThat(BrowserName.of(userAgent)).isEqualTo(name);
    }
}
