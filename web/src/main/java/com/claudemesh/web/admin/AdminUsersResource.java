package com.claudemesh.web.admin;

import com.claudemesh.identity.Account;
import com.claudemesh.identity.AccountRole;
import com.claudemesh.identity.Accounts;
import com.claudemesh.inspection.AccountInspection;
import com.claudemesh.web.Answer;
import com.claudemesh.web.JsonBody;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.CurrentCaller;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /api/admin/users}: accounts, for administrators of the server and the operator. */
@Path("/api/admin/users")
@RequestScoped
@Requires(Access.ADMINISTRATOR)
public class AdminUsersResource {
    private static final int MAX_BYTES = 16_384;
    private static final int MAX_ENTRIES = 100;
    private static final Set<String> ROLES = Set.of("admin", "user");
    private static final String WRONG_ROLE = "must be admin or user";

    @Inject
    private Accounts accounts;

    @Inject
    private AccountInspection inspection;

    @Inject
    private UserAnswers answers;

    @Inject
    private CurrentCaller caller;

    @GET
    public Response list(@Context UriInfo uri) {
        ListRequest request = new ListRequest(uri.getQueryParameters());
        AccountInspection.Filter filter = new AccountInspection.Filter(
                request.values("role", ROLES),
                request.flag("twoFactorEnabled"),
                request.flag("banned"),
                request.days("createdAt"));
        return ListRequest.answer(
                inspection.accounts(filter, request.page(AccountInspection.sortableColumns())), UserViews::user);
    }

    @GET
    @Path("/{id}")
    public Response details(@PathParam("id") String id) {
        return UserAnswers.noStore(UserViews.user(answers.known(id)));
    }

    @POST
    public Response create(InputStream in) {
        JsonBody body = read(in);
        Optional<AccountRole> role = body.has("role") ? role(body) : Optional.of(AccountRole.USER);
        if (role.isEmpty()) {
            return Answer.invalid("role", WRONG_ROLE);
        }
        return answers.of(accounts.create(
                body.text("name").orElse(""), body.text("email").orElse(""), role.get(), administrator()));
    }

    /** A new link to choose a password: mailed when that is possible, else in the answer. */
    @POST
    @Path("/{id}/reset-link")
    public Response resetLink(@PathParam("id") String id) {
        return accounts.issueResetLink(id)
                .map(link -> UserAnswers.noStore(UserViews.link(link)))
                .orElseGet(() -> Answer.error(404, "user_not_found"));
    }

    /** One change at a time: another role, a ban, or the end of one. */
    @PATCH
    @Path("/{id}")
    public Response change(@PathParam("id") String id, InputStream in) {
        JsonBody body = read(in);
        if (body.has("role") == body.has("banned")) {
            return Answer.invalid("body", "must have either role or banned");
        }
        return body.has("role") ? changeRole(id, body) : changeBan(id, body);
    }

    private Response changeRole(String id, JsonBody body) {
        return role(body)
                .map(role -> answers.of(accounts.setRole(id, role, administrator())))
                .orElseGet(() -> Answer.invalid("role", WRONG_ROLE));
    }

    private Response changeBan(String id, JsonBody body) {
        Optional<Boolean> banned = body.flag("banned");
        if (banned.isEmpty()) {
            return Answer.invalid("banned", "must be true or false");
        }
        if (!banned.get()) {
            return answers.of(accounts.unban(id, administrator()));
        }
        Optional<String> reason = body.has("banReason") ? body.text("banReason") : Optional.of("");
        return reason.map(why -> answers.of(accounts.ban(id, why, administrator())))
                .orElseGet(() -> Answer.invalid("banReason", "must be a text that is not blank"));
    }

    /** The newest hundred entries of the account's record, newest first; it outlives the account. */
    @GET
    @Path("/{id}/log")
    public Response log(@PathParam("id") String id) {
        return UserAnswers.noStore(Map.of(
                "entries",
                accounts.log(id, MAX_ENTRIES).stream().map(UserViews::logged).toList()));
    }

    private @Nullable Account administrator() {
        return caller.person().orElse(null);
    }

    private static Optional<AccountRole> role(JsonBody body) {
        return body.text("role").flatMap(AccountRole::fromWire);
    }

    private static JsonBody read(InputStream in) {
        return JsonBody.read(in, MAX_BYTES, Answer::error);
    }
}
