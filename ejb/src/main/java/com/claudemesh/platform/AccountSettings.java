package com.claudemesh.platform;

/**
 * How people sign in, and how often they may try.
 *
 * @param tokenSecret signs the tokens of command lines; at least 32 bytes
 * @param registrationOpen anybody with an e-mail address may make an account
 * @param sessionIdleMinutes a browser session ends after as long without a request
 * @param sessionMaxHours a browser session ends after as long in any case
 * @param signInAttempts attempts per account within the window, and then one more each time a fraction of it has passed
 * @param signInAttemptsPerAddress the same per network address
 * @param linkMinutes life of a link to choose a password
 * @param passwordMemoryKib memory of one Argon2id computation
 * @param passwordHashesAtOnce computations that may run at the same time on this node
 * @param trustedProxies whose {@code X-Forwarded-For} is believed
 * @param pollsPerMinute how often one address may ask whether its device codes were approved
 * @param exportsPerHour how often one account may take everything that is kept about it
 */
public record AccountSettings(
        String tokenSecret,
        boolean registrationOpen,
        int sessionIdleMinutes,
        int sessionMaxHours,
        int signInAttempts,
        int signInAttemptsPerAddress,
        int signInWindowMinutes,
        int linkMinutes,
        int passwordMemoryKib,
        int passwordIterations,
        int passwordHashesAtOnce,
        int tokenMaxDays,
        int maxTokensPerAccount,
        int maxApiKeysPerMesh,
        int apiKeyBurst,
        int apiKeyPerMinute,
        int pollsPerMinute,
        int exportsPerHour,
        TrustedProxies trustedProxies) {

    static AccountSettings from(Settings.Reader reader) {
        return new AccountSettings(
                reader.secret("CLI_SYNC_SECRET", reader.key("BROKER_ENCRYPTION_KEY")),
                reader.choice("CLAUDEMESH_REGISTRATION", "closed", "open").equals("open"),
                reader.number("CLAUDEMESH_SESSION_IDLE_MINUTES", 720, 1, 43_200),
                reader.number("CLAUDEMESH_SESSION_MAX_HOURS", 168, 1, 8_760),
                reader.number("CLAUDEMESH_SIGN_IN_ATTEMPTS", 10, 1, 1_000_000),
                reader.number("CLAUDEMESH_SIGN_IN_ATTEMPTS_PER_ADDRESS", 50, 1, 1_000_000),
                reader.number("CLAUDEMESH_SIGN_IN_WINDOW_MINUTES", 15, 1, 1_440),
                reader.number("CLAUDEMESH_LINK_MINUTES", 60, 5, 10_080),
                reader.number("CLAUDEMESH_PASSWORD_MEMORY_KIB", 19_456, 8_192, 1_048_576),
                reader.number("CLAUDEMESH_PASSWORD_ITERATIONS", 2, 1, 100),
                reader.number("CLAUDEMESH_PASSWORD_HASHES_AT_ONCE", 4, 1, 64),
                reader.number("CLAUDEMESH_TOKEN_MAX_DAYS", 365, 1, 3_650),
                reader.number("CLAUDEMESH_MAX_TOKENS_PER_ACCOUNT", 100, 1, 10_000),
                reader.number("CLAUDEMESH_MAX_API_KEYS_PER_MESH", 1_000, 1, 100_000),
                reader.number("CLAUDEMESH_API_KEY_BURST", 30, 1, 1_000_000),
                reader.number("CLAUDEMESH_API_KEY_PER_MINUTE", 120, 1, 1_000_000),
                reader.number("CLAUDEMESH_POLLS_PER_MINUTE", 600, 1, 1_000_000),
                reader.number("CLAUDEMESH_EXPORTS_PER_HOUR", 10, 1, 1_000),
                new TrustedProxies(reader.addresses("CLAUDEMESH_TRUSTED_PROXIES")));
    }

    @Override
    public String toString() {
        return "AccountSettings[registration " + (registrationOpen ? "open" : "closed") + "]";
    }
}
