package com.claudemesh.cli.account;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.api.ApiClient;
import com.claudemesh.cli.config.AccountUser;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.output.Output;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code whoami}: the account at the server, and the memberships of this machine. */
@Command(description = "Show who is signed in, and the joined meshes.")
public final class WhoamiCommand implements Callable<Integer> {
    private static final int SHOWN_KEY_CHARS = 12;
    private static final int SHOWN_ID_CHARS = 8;

    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final AccountOptions account = new AccountOptions();

    public WhoamiCommand(VerbServices services) {
        this.services = services;
    }

    /** The account, as far as the server could be asked. */
    private record Finding(ObjectNode json, Map<String, String> rows, int exitCode) {
        static Finding none(int exitCode) {
            return new Finding(Output.object().put("signed_in", false), Output.rows(), exitCode);
        }
    }

    @Override
    public Integer call() {
        Output output = services.output(globals);
        List<Membership> meshes = services.configFile().load().memberships();
        Optional<AccountSession> session = AccountSession.find(services, account, output, ApiClient.TIMEOUT);
        int alone = meshes.isEmpty() ? ExitCode.AUTHENTICATION_FAILED : ExitCode.SUCCESS;
        Finding finding = session.map(found -> ask(found, alone, output)).orElseGet(() -> Finding.none(alone));
        ObjectNode record = finding.json();
        record.set("local", local(meshes));
        output.document(output.project(record));
        output.section("account");
        if (finding.rows().isEmpty()) {
            output.text("  not signed in");
            output.hint("claudemesh login");
        }
        output.pairs(finding.rows());
        show(meshes, output);
        return finding.exitCode();
    }

    private static Finding ask(AccountSession session, int alone, Output output) {
        Credential credential = session.credential();
        try {
            AccountApi api = new AccountApi(session.api());
            return signedIn(credential, api.profile(), api.roles());
        } catch (CliException failure) {
            output.warn(failure.getMessage(), failure.hint());
            if (failure.exitCode() == ExitCode.AUTHENTICATION_FAILED) {
                return Finding.none(alone);
            }
            ObjectNode json = Output.object()
                    .putNull("signed_in")
                    .put("token_source", credential.source().text())
                    .put("server", credential.server())
                    .put("error", failure.token());
            credential.user().ifPresent(user -> json.set("user", user.json()));
            Map<String, String> rows = Output.rows();
            rows.put("server", Output.safe(credential.server()) + " (no answer)");
            return new Finding(json, rows, failure.exitCode());
        }
    }

    private static Finding signedIn(Credential credential, AccountUser user, List<String> roles) {
        long owned = roles.stream().filter("owner"::equals).count();
        ObjectNode json = Output.object().put("signed_in", true);
        json.set("user", user.json());
        json.put("token_source", credential.source().text()).put("server", credential.server());
        json.putObject("meshes").put("owned", owned).put("guest", roles.size() - owned);
        Map<String, String> rows = Output.rows();
        rows.put("name", Output.safe(user.displayName()));
        rows.put("e-mail", Output.safe(user.email()));
        rows.put("server", Output.safe(credential.server()));
        rows.put("token", credential.source().text());
        rows.put("meshes", owned + " owned, " + (roles.size() - owned) + " as a guest");
        return new Finding(json, rows, ExitCode.SUCCESS);
    }

    private ObjectNode local(List<Membership> meshes) {
        ObjectNode local =
                Output.object().put("config_path", services.home().configFile().toString());
        ArrayNode records = local.putArray("meshes");
        for (Membership mesh : meshes) {
            records.addObject()
                    .put("slug", mesh.slug())
                    .put("mesh_id", mesh.meshId())
                    .put("member_id", mesh.memberId())
                    .put("pubkey_prefix", prefix(mesh.pubkey(), SHOWN_KEY_CHARS));
        }
        return local;
    }

    private void show(List<Membership> meshes, Output output) {
        output.section("on this machine (" + services.home().configFile() + ")");
        if (meshes.isEmpty()) {
            output.text("  no mesh joined");
        }
        Map<String, String> rows = Output.rows();
        meshes.forEach(mesh -> rows.put(
                Output.safe(mesh.slug()),
                "member " + Output.safe(prefix(mesh.memberId(), SHOWN_ID_CHARS)) + " · key "
                        + prefix(mesh.pubkey(), SHOWN_KEY_CHARS) + "…"));
        output.pairs(rows);
    }

    private static String prefix(String text, int chars) {
        return text.substring(0, Math.min(chars, text.length()));
    }
}
