package com.claudemesh.cli.account;

import com.claudemesh.cli.api.ApiAnswer;
import com.claudemesh.cli.api.ApiClient;
import com.claudemesh.cli.config.AccountUser;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What a server says about an account. */
final class AccountApi {
    private final ApiClient api;

    AccountApi(ApiClient api) {
        this.api = api;
    }

    /**
     * Whose token it is.
     *
     * @throws com.claudemesh.cli.CliException exit code 2 when the server does not accept it
     */
    AccountUser profile() {
        return AccountUser.of(
                api.get("/api/my/profile").orRefuse("read the account").body());
    }

    /** The role of the account in each of its meshes: {@code owner}, {@code admin}, {@code member}. */
    List<String> roles() {
        ApiAnswer answer = api.get("/api/my/meshes").orRefuse("list the meshes of the account");
        JsonNode meshes =
                answer.body().isArray() ? answer.body() : answer.body().path("data");
        List<String> roles = new ArrayList<>();
        meshes.forEach(mesh -> roles.add(
                mesh.path("isOwner").asBoolean() ? "owner" : mesh.path("role").asText("member")));
        return List.copyOf(roles);
    }
}
