package com.claudemesh.web.account;

import com.claudemesh.identity.ExternalSignIn.Outcome;

/** Why somebody whom the provider vouches for is not let in, in words. */
final class SingleSignOnTexts {
    private SingleSignOnTexts() {}

    static String whyNotAdmitted(Outcome outcome) {
        if (outcome instanceof Outcome.NotAllowed) {
            return "You are in none of the groups that may use this server.";
        }
        return outcome instanceof Outcome.EmailUnverified
                ? "Somebody here has your e-mail address, and the identity provider has not verified that it is yours."
                : "Your account is disabled.";
    }
}
