package com.claudemesh.identity;

import java.util.Set;

/**
 * Who somebody is at the single sign-on provider, as its verified ID token says.
 *
 * @param email empty when the provider does not tell
 * @param groups groups of the configured claim; empty when none is configured
 */
public record ExternalIdentity(
        String issuer, String subject, String email, boolean emailVerified, String name, Set<String> groups) {

    public ExternalIdentity {
        groups = Set.copyOf(groups);
    }
}
