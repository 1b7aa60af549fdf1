package com.claudemesh.identity.oidc;

import com.claudemesh.identity.ExternalSignIn;
import com.claudemesh.identity.RequestOrigin;
import com.claudemesh.protocol.crypto.token.RandomCode;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends browsers to the provider and signs in those that come back with its word. Blocking; safe for any thread. */
public final class OidcSignIn {
    private static final Logger LOG = System.getLogger(OidcSignIn.class.getName());
    private static final int MAX_PARAMETER_CHARS = 4_096;

    private final OidcProvider provider;
    private final OidcAttempts attempts;
    private final ExternalSignIn accounts;
    private final boolean configured;
    private final String label;

    public OidcSignIn(
            OidcProvider provider, OidcAttempts attempts, ExternalSignIn accounts, boolean configured, String label) {
        this.provider = provider;
        this.attempts = attempts;
        this.accounts = accounts;
        this.configured = configured;
        this.label = label;
    }

    /** Parameters with which the provider sends a browser back (RFC 6749 §4.1.2, RFC 9207). */
    public record Answer(
            @Nullable String state,
            @Nullable String code,
            @Nullable String error,
            @Nullable String issuer) {

        @Override
        public String toString() {
            return "Answer[error=" + error + "]";
        }
    }

    /** How a sign-in ended. */
    public sealed interface Outcome {

        /** @param returnTo where the browser wanted to go */
        record SignedIn(ExternalSignIn.Outcome.SignedIn result, String returnTo) implements Outcome {}

        /** The provider vouches for somebody whom this server does not let in. */
        record NotAdmitted(ExternalSignIn.Outcome why) implements Outcome {}

        /** Nobody was sent there from this browser, or too long ago, or the answer was used before. */
        record Unexpected() implements Outcome {}

        /** The provider or the person said no. */
        record Declined() implements Outcome {}

        /** The provider cannot be reached, or its word is not good. The log says why. */
        record Failed() implements Outcome {}
    }

    public boolean isConfigured() {
        return configured;
    }

    /** What the button says. */
    public String label() {
        return label;
    }

    /**
     * Where to send the browser; empty when the provider cannot be reached.
     *
     * @param browser a secret that only this browser has
     * @param returnTo a path on this server
     */
    public Optional<URI> begin(String browser, String returnTo) {
        String state = RandomCode.urlToken();
        OidcSecrets secrets = OidcSecrets.generate();
        try {
            URI destination = provider.authenticationRequest(state, secrets);
            attempts.save(state, browser, secrets, returnTo);
            return Optional.of(destination);
        } catch (OidcException e) {
            LOG.log(Level.ERROR, "event=oidc_unavailable reason=" + e.getMessage());
            return Optional.empty();
        }
    }

    /** Takes the provider's answer. */
    public Outcome complete(Answer answer, String browser, RequestOrigin origin) {
        if (answer.state() == null || answer.state().length() > MAX_PARAMETER_CHARS) {
            return new Outcome.Unexpected();
        }
        Optional<OidcAttempts.Taken> attempt = attempts.take(answer.state(), browser);
        if (attempt.isEmpty() || !provider.isIssuer(answer.issuer())) {
            return new Outcome.Unexpected();
        }
        if (answer.error() != null) {
            return new Outcome.Declined();
        }
        if (answer.code() == null || answer.code().isBlank() || answer.code().length() > MAX_PARAMETER_CHARS) {
            return new Outcome.Unexpected();
        }
        try {
            ExternalSignIn.Outcome result =
                    accounts.signIn(provider.redeem(answer.code(), attempt.get().secrets()), origin);
            return result instanceof ExternalSignIn.Outcome.SignedIn signedIn
                    ? new Outcome.SignedIn(signedIn, attempt.get().returnTo())
                    : new Outcome.NotAdmitted(result);
        } catch (OidcException e) {
            LOG.log(Level.WARNING, "event=oidc_refused reason=" + e.getMessage());
            return new Outcome.Failed();
        }
    }
}
