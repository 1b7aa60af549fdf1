package com.claudemesh.identity;

import com.claudemesh.protocol.crypto.primitive.Bytes;
import com.claudemesh.protocol.crypto.primitive.RandomBytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;

/**
 * Argon2id (RFC 9106) with 16-byte salts and 32-byte hashes, stored in the PHC string format with the parameters they were
 * made with. Only so many run at once: each takes {@code memoryKib}, and a flood of sign-ins must not take all memory. Safe
 * for any thread; blocking and deliberately slow.
 */
public final class PasswordHasher {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Pattern ENCODED = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=([0-9]{1,7}),t=([0-9]{1,3}),p=1\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    private final int memoryKib;
    private final int iterations;
    private final Semaphore slots;
    private final Duration patience;
    private final String nobody;

    public PasswordHasher(int memoryKib, int iterations, int atOnce) {
        this(memoryKib, iterations, atOnce, PATIENCE);
    }

    PasswordHasher(int memoryKib, int iterations, int atOnce, Duration patience) {
        this.patience = patience;
        this.memoryKib = memoryKib;
        this.iterations = iterations;
        this.slots = new Semaphore(atOnce, true);
        this.nobody = hash(Base64.getEncoder().encodeToString(RandomBytes.of(HASH_BYTES)));
    }

    private record Stored(int memoryKib, int iterations, byte[] salt, byte[] hash) {
        static Optional<Stored> parse(String encoded) {
            Matcher match = ENCODED.matcher(encoded);
            return match.matches()
                    ? Optional.of(new Stored(
                            Integer.parseInt(match.group(1)),
                            Integer.parseInt(match.group(2)),
                            Base64.getDecoder().decode(match.group(3)),
                            Base64.getDecoder().decode(match.group(4))))
                    : Optional.empty();
        }
    }

    /** @throws OverloadedException when no slot became free in time */
    String hash(String password) {
        byte[] salt = RandomBytes.of(SALT_BYTES);
        byte[] hash = compute(password, memoryKib, iterations, salt);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + memoryKib + ",t=" + iterations + ",p=1$" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(hash);
    }

    /**
     * Whether the password is the one that was hashed. Without a hash the answer is no, and takes as long.
     *
     * @throws OverloadedException when no slot became free in time
     */
    boolean matches(String password, @Nullable String encoded) {
        Stored stored = Stored.parse(encoded == null ? nobody : encoded)
                .orElseThrow(() -> new IllegalStateException("a stored password hash is unreadable"));
        byte[] hash = compute(password, stored.memoryKib(), stored.iterations(), stored.salt());
        return Bytes.equal(hash, stored.hash()) && encoded != null;
    }

    /** Whether a hash was made with other parameters than today's. */
    boolean isOutdated(String encoded) {
        return !encoded.startsWith("$argon2id$v=19$m=" + memoryKib + ",t=" + iterations + ",p=1$");
    }

    private byte[] compute(String password, int memory, int passes, byte[] salt) {
        takeSlot();
        byte[] secret = PasswordRule.normalize(password).getBytes(StandardCharsets.UTF_8);
        try {
            Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
            argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(memory)
                    .withIterations(passes)
                    .withParallelism(1)
                    .withSalt(salt)
                    .build());
            byte[] hash = new byte[HASH_BYTES];
            argon2.generateBytes(secret, hash);
            return hash;
        } finally {
            Bytes.clear(secret);
            slots.release();
        }
    }

    private void takeSlot() {
        try {
            if (!slots.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new OverloadedException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OverloadedException();
        }
    }
}
