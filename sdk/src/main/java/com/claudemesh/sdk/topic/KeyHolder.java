package com.claudemesh.sdk.topic;

/**
 * The member whose keys are kept.
 *
 * @param publicKey member key, 64 hexadecimal digits
 * @param secretKey 128 hexadecimal digits
 */
public record KeyHolder(String meshId, String memberId, String publicKey, String secretKey) {
    /** Shows no secret. */
    @Override
    public String toString() {
        return "KeyHolder[" + meshId + ", " + memberId + "]";
    }
}
