package com.claudemesh.cli.member;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.account.AccountOptions;
import com.claudemesh.cli.account.AccountSession;
import com.claudemesh.cli.api.ApiAnswer;
import com.claudemesh.cli.api.ApiClient;
import com.claudemesh.cli.api.MemberProof;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.BrokerAddress;
import com.claudemesh.cli.output.Output;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The members of one mesh at its server. Acts for the account that is signed in at that very server, else for the member of
 * this machine, which proves itself with its key.
 */
final class MemberApi {
    private final Membership mesh;
    private final String server;
    private final ApiClient api;

    MemberApi(VerbServices services, AccountOptions account, Membership mesh, Output output) {
        this.mesh = mesh;
        this.server = BrokerAddress.httpBase(mesh.brokerUrl());
        this.api = AccountSession.find(services, account, output, ApiClient.TIMEOUT)
                .filter(session -> session.credential().server().equalsIgnoreCase(server))
                .map(AccountSession::broker)
                .orElseGet(() -> new ApiClient(server, null, ApiClient.TIMEOUT))
                .speakingFor(new MemberProof(
                        mesh.memberId(), mesh.secretKey(), services.host().clock()));
    }

    List<Member> list() {
        JsonNode body = require(api.get("/mesh/" + ApiClient.segment(mesh.meshId()) + "/members"), "list the members");
        List<Member> members = new ArrayList<>();
        body.path("members").forEach(row -> members.add(Member.of(row)));
        return List.copyOf(members);
    }

    /** The member as it is after the change. */
    JsonNode change(String memberId, ObjectNode changes) {
        return require(
                api.patch(
                        "/mesh/" + ApiClient.segment(mesh.meshId()) + "/member/" + ApiClient.segment(memberId),
                        changes),
                "change the member");
    }

    /** The protocol answers refusals of these routes with 400 and a text. */
    private JsonNode require(ApiAnswer answer, String doing) {
        if (answer.status() == 401) {
            throw new CliException(
                    ExitCode.AUTHENTICATION_FAILED,
                    "not_signed_in",
                    "the server wants to know who asks",
                    "claudemesh login --server " + Output.safe(server));
        }
        String error = answer.error();
        if (answer.status() == 400 && error.equals("mesh not found")) {
            throw CliException.notFound("mesh_not_found", "the server has no such mesh", "claudemesh list");
        }
        boolean forbidden = error.startsWith("not authorized")
                || error.startsWith("admin")
                || error.startsWith("caller not a member");
        if (answer.status() == 400 && forbidden) {
            throw new CliException(
                    ExitCode.PERMISSION_DENIED,
                    "forbidden",
                    "can't " + doing + ": " + Output.safe(error),
                    "an administrator of the mesh can: claudemesh member list");
        }
        return answer.orRefuse(doing).body();
    }
}
