package com.claudemesh.systemtests.harness;

import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;

/** Links with which people join. */
public final class Invitations {
    private static final int USES = 20;

    private Invitations() {}

    /** An invitation to a mesh that nobody else uses. */
    public static String toNewMesh(Server server) throws IOException, InterruptedException {
        JsonNode mesh = post(
                server,
                "/cli/mesh/create",
                object().put("name", "first light")
                        .put("pubkey", SigningKeyPair.generate().publicHex()));
        String slug = mesh.path("slug").asText();
        return post(server, "/cli/mesh/" + slug + "/invite", object().put("max_uses", USES))
                .path("url")
                .asText();
    }

    private static JsonNode post(Server server, String path, ObjectNode body) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                server.post(path, body.toString(), "Authorization", "Bearer " + server.operatorToken());
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return Json.mapper().readTree(answer.body());
    }

    private static ObjectNode object() {
        return Json.mapper().createObjectNode();
    }
}
