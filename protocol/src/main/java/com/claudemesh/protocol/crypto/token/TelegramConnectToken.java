package com.claudemesh.protocol.crypto.token;

import com.claudemesh.protocol.encoding.Hex;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * The connect token of the reference implementation, which carries a private key. It is only read, for links made
 * before a migration; new links use a one-time code.
 */
public record TelegramConnectToken(
        String meshId, String meshSlug, String memberId, String pubkey, String secretKey, String createdBy) {

    private static final String SUBJECT = "telegram-connect";

    /**
     * The claims of a current token, or empty.
     *
     * @param encryptionKeyText the <b>text</b> of the at-rest key, not its decoded bytes
     */
    public static Optional<TelegramConnectToken> verify(String token, String encryptionKeyText, long nowSeconds) {
        if (JwtHs256.verify(token, encryptionKeyText) instanceof JwtHs256.Result.Signed signed
                && signed.claims().path("sub").asText().equals(SUBJECT)
                && !TokenTimes.isExpired(signed.claims(), nowSeconds)
                && !TokenTimes.isIssuedInFuture(signed.claims(), nowSeconds)) {
            return read(signed.claims());
        }
        return Optional.empty();
    }

    /** Leaves the private key out. */
    @Override
    public String toString() {
        return "TelegramConnectToken[meshId=" + meshId + ", memberId=" + memberId + "]";
    }

    private static Optional<TelegramConnectToken> read(JsonNode claims) {
        TelegramConnectToken token = new TelegramConnectToken(
                claims.path("meshId").asText(),
                claims.path("meshSlug").asText(),
                claims.path("memberId").asText(),
                claims.path("pubkey").asText(),
                claims.path("secretKey").asText(),
                claims.path("createdBy").asText());
        return token.isComplete() ? Optional.of(token) : Optional.empty();
    }

    private boolean isComplete() {
        return !meshId.isEmpty()
                && !meshSlug.isEmpty()
                && !memberId.isEmpty()
                && !createdBy.isEmpty()
                && Hex.isKey(pubkey)
                && Hex.isSignature(secretKey);
    }
}
