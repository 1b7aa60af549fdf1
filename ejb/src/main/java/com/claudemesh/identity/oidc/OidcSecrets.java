package com.claudemesh.identity.oidc;

import com.claudemesh.protocol.crypto.token.RandomCode;

/**
 * What binds an answer of the provider to the request it answers.
 *
 * @param nonce comes back inside the ID token
 * @param codeVerifier its hash goes with the request, itself with the code (RFC 7636)
 */
record OidcSecrets(String nonce, String codeVerifier) {
    static OidcSecrets generate() {
        return new OidcSecrets(RandomCode.urlToken(), RandomCode.urlToken());
    }

    @Override
    public String toString() {
        return "OidcSecrets";
    }
}
