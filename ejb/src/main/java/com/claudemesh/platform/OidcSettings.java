package com.claudemesh.platform;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The OpenID provider for single sign-on.
 *
 * @param issuer null when there is no single sign-on
 * @param scopes what is asked for; {@code openid} is among it
 * @param groupClaim claim of the ID token that lists a person's groups; empty when roles are managed here
 * @param adminGroups members of these are administrators
 * @param allowedGroups only members of these may sign in; everybody when empty
 * @param label what the button says
 */
public record OidcSettings(
        @Nullable String issuer,
        String clientId,
        String clientSecret,
        List<String> scopes,
        String groupClaim,
        List<String> adminGroups,
        List<String> allowedGroups,
        String label) {

    static OidcSettings from(Settings.Reader reader) {
        String issuer = reader.text("OIDC_ISSUER", "");
        String clientId = reader.text("OIDC_CLIENT_ID", "");
        List<String> scopes = reader.words("OIDC_SCOPES", "openid email profile");
        if (!issuer.isEmpty()) {
            reader.uri("OIDC_ISSUER", issuer, "http", "https");
            reader.check(!clientId.isEmpty(), "OIDC_CLIENT_ID is required with OIDC_ISSUER");
            reader.check(scopes.contains("openid"), "OIDC_SCOPES must contain openid");
        }
        return new OidcSettings(
                issuer.isEmpty() ? null : issuer,
                clientId,
                reader.text("OIDC_CLIENT_SECRET", ""),
                scopes,
                reader.text("OIDC_GROUP_CLAIM", ""),
                reader.words("OIDC_ADMIN_GROUPS", ""),
                reader.words("OIDC_ALLOWED_GROUPS", ""),
                reader.text("OIDC_LABEL", "Single sign-on"));
    }

    public boolean isConfigured() {
        return issuer != null;
    }

    @Override
    public String toString() {
        return isConfigured() ? "OidcSettings[" + issuer + "]" : "OidcSettings[none]";
    }
}
