package com.claudemesh.incontainer;

import com.claudemesh.systemtests.harness.Server;
import com.claudemesh.systemtests.harness.SignInServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Starts the server before Arquillian looks for it. To be named before its extension. */
final class RunningServer implements BeforeAllCallback {
    private static final String LISTENER =
            "/management/domain/configs/config/server-config/network-config/network-listeners/network-listener/http-listener-1";

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        if (isInsideContainer()) {
            return;
        }
        Server server = SignInServer.shared().server();
        int adminPort = server.status().path("adminPort").asInt();
        String password =
                Files.readString(server.data().resolve("admin-password")).strip();
        System.setProperty("incontainer.admin.port", Integer.toString(adminPort));
        System.setProperty("incontainer.admin.password", password);
        spellOutPort(server, adminPort, password);
    }

    /** The tests' launcher runs a second time there, with the same extensions. */
    private static boolean isInsideContainer() {
        return System.getProperty("com.sun.aas.instanceRoot") != null;
    }

    /** Arquillian's adapter asks for the HTTP port, and cannot read one that refers to the environment. */
    private static void spellOutPort(Server server, int adminPort, String password)
            throws IOException, InterruptedException {
        String credentials = Base64.getEncoder().encodeToString(("admin:" + password).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + LISTENER))
                .header("Authorization", "Basic " + credentials)
                .header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Requested-By", "tests")
                .POST(BodyPublishers.ofString("port=" + server.httpBase().getPort()))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("the administration port answered " + answer.statusCode() + ": " + answer.body());
        }
    }
}
