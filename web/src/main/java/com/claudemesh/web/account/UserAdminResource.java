package com.claudemesh.web.account;

import com.claudemesh.identity.Account;
import com.claudemesh.identity.AccountChange;
import com.claudemesh.identity.AccountRole;
import com.claudemesh.identity.Accounts;
import com.claudemesh.inspection.InviteInspection;
import com.claudemesh.inspection.MeshInspection;
import com.claudemesh.inspection.Page;
import com.claudemesh.inspection.PageRequest;
import com.claudemesh.web.Answer;
import com.claudemesh.web.JsonBody;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.CurrentCaller;
import com.claudemesh.web.access.Requires;
import com.claudemesh.web.admin.AdminViews;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /api/admin/users}: accounts, for administrators of the server and the operator. */
@Path("/api/admin/users")
@RequestScoped
@Requires(Access.ADMINISTRATOR)
public class UserAdminResource {
    private static final int MAX_BYTES = 16_384;
    private static final int PAGE = 100;

    @Inject
    private Accounts accounts;

    @Inject
    private MeshInspection meshes;

    @Inject
    private InviteInspection invites;

    @Inject
    private CurrentCaller caller;

    /** A hundred accounts by id, beginning after the given one. */
    @GET
    public Response list(@QueryParam("after") @Nullable String after) {
        List<Account> page = accounts.page(after == null ? "" : after, PAGE);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("data", page.stream().map(Views::managed).toList());
        body.put("next", page.size() < PAGE ? null : page.get(PAGE - 1).id());
        return noStore(body);
    }

    @POST
    public Response create(InputStream in) {
        JsonBody body = read(in);
        Optional<AccountRole> role =
                body.has("role") ? body.text("role").flatMap(AccountRole::fromWire) : Optional.of(AccountRole.USER);
        if (role.isEmpty()) {
            return Views.invalid("role", "must be admin or user");
        }
        return answer(accounts.create(
                body.text("name").orElse(""), body.text("email").orElse(""), role.get(), administrator()));
    }

    /** A new link to choose a password: mailed when that is possible, else in the answer. */
    @POST
    @Path("/{id}/reset-link")
    public Response resetLink(@PathParam("id") String id) {
        return accounts.issueResetLink(id)
                .map(link -> noStore(Views.link(link)))
                .orElseGet(() -> Answer.error(404, "user_not_found"));
    }

    @PATCH
    @Path("/{id}")
    public Response change(@PathParam("id") String id, InputStream in) {
        JsonBody body = read(in);
        if (body.has("role")) {
            return body.text("role")
                    .flatMap(AccountRole::fromWire)
                    .map(role -> answer(accounts.setRole(id, role, administrator())))
                    .orElseGet(() -> Views.invalid("role", "must be admin or user"));
        }
        return body.flag("disabled")
                .map(disabled -> answer(accounts.setEnabled(id, !disabled, administrator())))
                .orElseGet(() -> Views.invalid("body", "must have role or disabled"));
    }

    /** The newest hundred entries of the account's record, newest first. */
    @GET
    @Path("/{id}/log")
    public Response log(@PathParam("id") String id) {
        return noStore(Map.of(
                "entries", accounts.log(id, PAGE).stream().map(Views::logged).toList()));
    }

    /** The newest hundred memberships of the account, those that ended included. */
    @GET
    @Path("/{id}/memberships")
    public Response memberships(@PathParam("id") String id) {
        List<Map<String, Object>> rows = meshes.membershipsOf(id, PAGE).stream()
                .map(AdminViews::membership)
                .toList();
        return noStore(Map.of("data", rows, "total", rows.size()));
    }

    /** The newest hundred invitations that the account has made. */
    @GET
    @Path("/{id}/invitations")
    public Response invitations(@PathParam("id") String id) {
        Page<InviteInspection.Row> page =
                invites.invites(new InviteInspection.Filter(null, id, null, null), PageRequest.first(PAGE));
        return noStore(
                Map.of("data", page.rows().stream().map(AdminViews::invite).toList(), "total", page.total()));
    }

    private @Nullable Account administrator() {
        return caller.person().orElse(null);
    }

    private static Response answer(AccountChange change) {
        if (change instanceof AccountChange.Created created) {
            Map<String, Object> body = Views.managed(created.account());
            body.put("link", Views.link(created.link()));
            return noStore(body);
        }
        if (change instanceof AccountChange.Done done) {
            return noStore(Views.managed(done.account()));
        }
        if (change instanceof AccountChange.Invalid invalid) {
            return Views.invalid(invalid.field(), invalid.problem());
        }
        return change instanceof AccountChange.LastAdministrator
                ? Answer.error(409, "last_administrator")
                : Answer.error(404, "user_not_found");
    }

    private static JsonBody read(InputStream in) {
        return JsonBody.read(in, MAX_BYTES, Answer::error);
    }

    private static Response noStore(Object body) {
        return Answer.builder(200, body).header("Cache-Control", "no-store").build();
    }
}
