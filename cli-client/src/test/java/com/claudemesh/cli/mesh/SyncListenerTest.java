package com.claudemesh.cli.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyncListenerTest {
    private final SyncListener listener = new SyncListener("https://app.example", "Ab3D");

    @AfterEach
    void stop() {
        listener.close();
    }

    private HttpResponse<String> ask(String method, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + listener.port() + path);
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/ping,200",
        "GET,/callback?token=x,400",
        "GET,/callback?token=x&state=Ab3D,200",
        "GET,/callback?token=x&code=Ab3D,200",
        "GET,/callback?token=x&state=Ab3E,400",
        "GET,/callback?token=,400",
        "GET,/callback,400",
        "POST,/callback?token=x,404",
        "OPTIONS,/callback,204",
        "GET,/,404",
        "GET,/elsewhere,404"
    })
    void answer_request_asSpecified(String method, String path, int status) throws Exception {
        assertThat(ask(method, path).statusCode()).isEqualTo(status);
    }

    @Test
    void answer_ping_onlyForTheApplication() throws Exception {
        HttpResponse<String> answer = ask("GET", "/ping");

        assertThat(answer.body()).isEqualTo("ok");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("https://app.example");
    }

    @Test
    void token_second_changesNothing() throws Exception {
        ask("GET", "/callback?token=first%2B1&state=Ab3D");

        assertThat(ask("GET", "/callback?token=second&state=Ab3D").statusCode()).isEqualTo(400);
        assertThat(listener.token()).contains("first+1");
    }
}
