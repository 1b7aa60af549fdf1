/**
 * Single sign-on with OpenID Connect Core 1.0: authorization code flow with PKCE (RFC 7636), discovery, and ID tokens signed
 * with RS256 or ES256.
 *
 * <p>Promise: an answer of the provider is accepted once, in the browser that was sent there, for the state, nonce and code
 * challenge that were made for it, and only with a valid signature of the provider's published keys. What it took to begin is
 * kept in PostgreSQL, so any node can finish. Blocking; plain Java with constructor injection.
 */
@NullMarked
package com.claudemesh.identity.oidc;

import org.jspecify.annotations.NullMarked;
