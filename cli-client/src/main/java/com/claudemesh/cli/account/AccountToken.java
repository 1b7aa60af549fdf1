package com.claudemesh.cli.account;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.protocol.crypto.token.CliSessionToken;
import java.time.Instant;
import java.util.regex.Pattern;

/** The text of an account token: a session token (a JWT), or {@code cm_session_…}, or {@code cm_pat_…}. */
final class AccountToken {
    private static final int MIN_JWT_CHARS = 51;
    private static final Pattern JWT = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
    private static final Pattern OPAQUE = Pattern.compile("cm_(?:session|pat)_[A-Za-z0-9]{16,128}");
    private static final String PERSONAL = "cm_pat_";

    private AccountToken() {}

    static boolean plausible(String text) {
        return isJwt(text) || OPAQUE.matcher(text).matches();
    }

    static boolean isPersonal(String text) {
        return text.startsWith(PERSONAL);
    }

    /**
     * The token without surrounding white space.
     *
     * @throws CliException exit code 3 when it can't be one, 2 when it says itself that it has expired
     */
    static String require(String typed, Instant now) {
        String token = typed.strip();
        if (!plausible(token)) {
            throw CliException.invalid(
                    "this is no account token",
                    "expected cm_pat_… from the account page, or three parts separated by dots from the token page");
        }
        if (isJwt(token)) {
            CliSessionToken.readUnverified(token)
                    .filter(claims ->
                            claims.expiresAtSeconds() > 0 && claims.expiresAtSeconds() <= now.getEpochSecond())
                    .ifPresent(claims -> {
                        throw expired(claims.expiresAtSeconds());
                    });
        }
        return token;
    }

    private static boolean isJwt(String text) {
        return text.length() >= MIN_JWT_CHARS && JWT.matcher(text).matches();
    }

    private static CliException expired(long atSeconds) {
        return new CliException(
                ExitCode.AUTHENTICATION_FAILED,
                "token_expired",
                "the token expired at " + Instant.ofEpochSecond(atSeconds),
                "sign in again: claudemesh login");
    }
}
