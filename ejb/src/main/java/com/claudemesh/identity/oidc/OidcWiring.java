package com.claudemesh.identity.oidc;

import com.claudemesh.identity.ExternalSignIn;
import com.claudemesh.platform.Settings;
import com.claudemesh.platform.Transactions;
import com.claudemesh.protocol.crypto.AtRestCipher;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;

/** Makes the objects of single sign-on. Without a configured provider they are there and refuse. */
@Dependent
public class OidcWiring {
    /** Where the provider sends browsers back to, below the application's address. */
    private static final String CALLBACK = "/auth/oidc/callback";

    @Produces
    @Singleton
    OidcAttempts attempts(Transactions transactions, AtRestCipher atRest, Clock clock) {
        return new OidcAttempts(transactions, atRest, clock);
    }

    @Produces
    @Singleton
    OidcSignIn signIn(OidcAttempts attempts, ExternalSignIn accounts, Settings settings, Clock clock) {
        URI callback = URI.create(settings.appUrl().toString().replaceFirst("/+$", "") + CALLBACK);
        return new OidcSignIn(
                new OidcProvider(settings.oidc(), callback, clock),
                attempts,
                accounts,
                settings.oidc().isConfigured(),
                settings.oidc().label());
    }
}
