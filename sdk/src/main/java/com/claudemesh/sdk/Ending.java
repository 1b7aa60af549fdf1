package com.claudemesh.sdk;

import com.claudemesh.protocol.error.CloseCode;
import com.claudemesh.protocol.error.ErrorCode;
import com.claudemesh.protocol.frame.ErrorFrame;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why a connection ended and what that means for the next.
 *
 * @param terminal trying again cannot help
 * @param replaced another connection of this session has taken over
 */
record Ending(int closeCode, MeshException cause, boolean terminal, boolean replaced) {
    private static final String REPLACED = "session_replaced";

    /** Refusals that the same hello would meet again. */
    private static final Set<String> HOPELESS = Set.of(
            ErrorCode.BAD_SIGNATURE.wire(),
            ErrorCode.UNAUTHORIZED.wire(),
            ErrorCode.REVOKED.wire(),
            ErrorCode.MALFORMED.wire(),
            ErrorCode.BAD_SESSION_PUBKEY.wire());

    /** @param refusal the error that answered the hello, if one did */
    static Ending of(@Nullable ErrorFrame refusal, int closeCode, String reason) {
        if (refusal != null) {
            return refused(refusal.code(), refusal.message(), closeCode);
        }
        if (closeCode == CloseCode.POLICY.code()) {
            return refused(reason, reason, closeCode);
        }
        if (CloseCode.isTerminal(closeCode)) {
            return new Ending(closeCode, new MeshException.Terminated(closeCode, reason), true, false);
        }
        String text = reason.isEmpty() ? "the connection was closed with code " + closeCode : reason;
        boolean replaced = closeCode == CloseCode.NORMAL.code() && reason.equals(REPLACED);
        return new Ending(closeCode, new MeshException.NotConnected(text), false, replaced);
    }

    private static Ending refused(String code, String message, int closeCode) {
        boolean terminal = HOPELESS.contains(code) || CloseCode.isTerminal(closeCode);
        int shown = closeCode == Wire.BROKEN ? CloseCode.POLICY.code() : closeCode;
        return new Ending(shown, new MeshException.Handshake(code, message), terminal, false);
    }
}
