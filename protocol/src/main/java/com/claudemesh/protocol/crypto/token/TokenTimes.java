package com.claudemesh.protocol.crypto.token;

import com.fasterxml.jackson.databind.JsonNode;

/** The time rules that all tokens share; a missing expiry counts as expired. */
final class TokenTimes {

    private static final long MAX_ISSUED_AHEAD_SECONDS = 30;

    private TokenTimes() {}

    static boolean isExpired(JsonNode claims, long nowSeconds) {
        JsonNode expiry = claims.path("exp");
        return !expiry.isNumber() || expiry.doubleValue() < nowSeconds;
    }

    static boolean isIssuedInFuture(JsonNode claims, long nowSeconds) {
        JsonNode issued = claims.path("iat");
        return issued.isNumber() && issued.doubleValue() > nowSeconds + MAX_ISSUED_AHEAD_SECONDS;
    }
}
