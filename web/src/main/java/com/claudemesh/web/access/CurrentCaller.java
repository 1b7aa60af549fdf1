package com.claudemesh.web.access;

import com.claudemesh.identity.Account;
import com.claudemesh.identity.Caller;
import com.claudemesh.identity.RequestOrigin;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/** Who makes the current request, and from where; known before the resource runs. */
@RequestScoped
public class CurrentCaller {
    private Caller caller = new Caller.Anonymous();
    private RequestOrigin origin = new RequestOrigin("unknown", "");
    private String formToken = "";
    private String browserSecret = "";

    void become(Caller known) {
        caller = known;
    }

    void from(RequestOrigin known) {
        origin = known;
    }

    void browser(String secret, String token) {
        browserSecret = secret;
        formToken = token;
    }

    public Caller caller() {
        return caller;
    }

    public RequestOrigin origin() {
        return origin;
    }

    /** The caller's account, if it is a person. */
    public Optional<Account> person() {
        if (caller instanceof Caller.Browser browser) {
            return Optional.of(browser.account());
        }
        return caller instanceof Caller.Bearer bearer ? Optional.of(bearer.account()) : Optional.empty();
    }

    /** The caller's account; only for resources that require a person. */
    public Account account() {
        return person().orElseThrow(() -> new IllegalStateException("the resource does not require a person"));
    }

    /** Id of the browser session; empty for everybody else. */
    public Optional<String> sessionId() {
        return caller instanceof Caller.Browser browser
                ? Optional.of(browser.session().id())
                : Optional.empty();
    }

    /** What our forms carry in their field {@code csrf}, and scripts in the header {@code X-CSRF-Token}. */
    public String formToken() {
        return formToken;
    }

    /** A secret that only this browser has; it outlives sign-in and sign-out. */
    public String browserSecret() {
        return browserSecret;
    }
}
