package com.claudemesh.web.admin;

import com.claudemesh.identity.AccountChange;
import com.claudemesh.inspection.AccountInspection;
import com.claudemesh.web.Answer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** What administrators are answered about accounts. */
@ApplicationScoped
public class UserAnswers {

    @Inject
    private AccountInspection accounts;

    /** @throws jakarta.ws.rs.WebApplicationException 404 when there is no such account */
    AccountInspection.Row known(String accountId) {
        return accounts.account(accountId).orElseThrow(() -> Answer.stop(Answer.error(404, "user_not_found")));
    }

    /** The account as it is now, or why nothing was changed. */
    Response of(AccountChange change) {
        if (change instanceof AccountChange.Created created) {
            Map<String, Object> body = UserViews.user(known(created.account().id()));
            body.put("link", UserViews.link(created.link()));
            return noStore(body);
        }
        if (change instanceof AccountChange.Done done) {
            return noStore(UserViews.user(known(done.account().id())));
        }
        if (change instanceof AccountChange.Invalid invalid) {
            return Answer.invalid(invalid.field(), invalid.problem());
        }
        if (change instanceof AccountChange.LastAdministrator) {
            return Answer.error(409, "last_administrator");
        }
        if (change instanceof AccountChange.OwnAccount) {
            return Answer.error(409, "own_account");
        }
        return Answer.error(404, change instanceof AccountChange.UnknownWayIn ? "account_not_found" : "user_not_found");
    }

    static Response noStore(Object body) {
        return Answer.builder(200, body).header("Cache-Control", "no-store").build();
    }
}
