package com.claudemesh.topic;

import com.claudemesh.audit.AuditChainStore;
import com.claudemesh.audit.AuditEvent;
import com.claudemesh.mesh.MemberView;
import com.claudemesh.platform.Transactions;
import com.claudemesh.protocol.crypto.BoxKeyPair;
import com.claudemesh.protocol.crypto.Curve25519Keys;
import com.claudemesh.protocol.crypto.SecretBox;
import com.claudemesh.protocol.crypto.TopicKeys;
import com.claudemesh.protocol.encoding.Base64Text;
import com.claudemesh.protocol.frame.TopicRole;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The door to sealed topic keys. The server checks who may have whose copy and that a copy carries its sealer's key; it can
 * open none of them. Blocking; safe for any thread but a socket thread.
 */
public final class TopicKeyDesk {
    /** Most members of one list of those who wait. */
    public static final int MAX_PENDING = 50;

    /** How far before the current key those are looked for who miss an earlier one. */
    public static final int MAX_EARLIER_EPOCHS = 8;

    private final TopicAccess access;
    private final TopicDirectory topics;
    private final Transactions transactions;
    private final AuditChainStore chains;
    private final Clock clock;
    private final Consumer<String> changed;

    /** @param changed is told the id of a mesh after a change of a topic was committed */
    TopicKeyDesk(
            TopicAccess access,
            TopicDirectory topics,
            Transactions transactions,
            AuditChainStore chains,
            Clock clock,
            Consumer<String> changed) {
        this.access = access;
        this.topics = topics;
        this.transactions = transactions;
        this.chains = chains;
        this.clock = clock;
        this.changed = changed;
    }

    /** The caller's copy. {@link KeyOutcome.Copy}, {@code Unencrypted}, {@code NotSealed} or {@code NotFound}. */
    public KeyOutcome key(TopicCaller caller, String topicName, @Nullable Integer keyEpoch) {
        Optional<TopicView> visible = access.visible(caller, topicName);
        if (visible.isEmpty()) {
            return new KeyOutcome.NotFound();
        }
        TopicView topic = visible.get();
        if (!topic.encrypted()) {
            return new KeyOutcome.Unencrypted(topic);
        }
        int epoch = keyEpoch == null ? topic.keyEpoch() : keyEpoch;
        Optional<KeyStore.Copy> copy =
                transactions.run(connection -> KeyStore.find(connection, topic.id(), caller.memberId(), epoch));
        return copy.<KeyOutcome>map(found -> new KeyOutcome.Copy(new SealedKey(
                        topic,
                        epoch,
                        found.encryptedKey(),
                        found.nonce(),
                        found.epochPublicKey(),
                        found.sealedByMemberId(),
                        found.sealedByPublicKey(),
                        found.createdAt(),
                        found.sealedAt(),
                        found.sealer())))
                .orElseGet(() -> new KeyOutcome.NotSealed(topic, epoch));
    }

    /**
     * Who waits for the current key, and who for earlier ones that the caller could share: in a public topic anybody in it,
     * else whoever was in it at the time. {@link KeyOutcome.Pending}, {@code Unencrypted} or {@code NotFound}.
     */
    public KeyOutcome pendingSeals(TopicCaller caller, String topicName) {
        Optional<TopicView> visible = access.visible(caller, topicName);
        Optional<MemberView> asking = access.member(caller);
        if (visible.isEmpty() || asking.isEmpty()) {
            return new KeyOutcome.NotFound();
        }
        TopicView topic = visible.get();
        if (!topic.encrypted()) {
            return new KeyOutcome.Unencrypted(topic);
        }
        int current = topic.keyEpoch();
        return transactions.run(connection -> new KeyOutcome.Pending(
                topic,
                current,
                KeyStore.waiting(connection, topic.id(), current, MAX_PENDING),
                KeyStore.waitingForEarlier(connection, topic, asking.get(), current, MAX_EARLIER_EPOCHS, MAX_PENDING)));
    }

    /**
     * Keeps a copy that the caller has sealed for a member.
     *
     * @param keyEpoch null for the current key
     */
    public KeyOutcome seal(
            TopicCaller caller,
            String topicName,
            String memberId,
            String encryptedKey,
            String nonce,
            @Nullable Integer keyEpoch) {
        Optional<TopicView> visible = access.visible(caller, topicName);
        Optional<MemberView> sealer = access.member(caller);
        if (visible.isEmpty() || sealer.isEmpty()) {
            return new KeyOutcome.NotFound();
        }
        Optional<KeyOutcome> malformed = refuse(sealer.get(), encryptedKey, nonce);
        if (malformed.isPresent()) {
            return malformed.get();
        }
        TopicView topic = visible.get();
        return transactions.run(connection -> {
            Optional<TopicStore.Locked> locked = TopicStore.lock(connection, caller.meshId(), topic.id());
            if (locked.isEmpty()) {
                return new KeyOutcome.NotFound();
            }
            if (locked.get().keyEpoch() == 0) {
                return new KeyOutcome.Unencrypted(topic);
            }
            int epoch = keyEpoch == null ? locked.get().keyEpoch() : keyEpoch;
            if (epoch < 1 || epoch > locked.get().keyEpoch()) {
                return new KeyOutcome.Invalid(
                        "keyEpoch", "must be from 1 to " + locked.get().keyEpoch());
            }
            boolean forAnybody =
                    epoch == locked.get().keyEpoch() || locked.get().isPublic();
            return seal(connection, sealer.get(), topic, memberId, encryptedKey, nonce, epoch, forAnybody);
        });
    }

    private KeyOutcome seal(
            Connection connection,
            MemberView sealer,
            TopicView topic,
            String memberId,
            String encryptedKey,
            String nonce,
            int epoch,
            boolean forAnybody)
            throws SQLException {
        boolean holder =
                TopicStore.holdRole(connection, topic.id(), sealer.memberId()).isPresent()
                        && KeyStore.holds(connection, topic.id(), sealer.memberId(), epoch);
        if (!holder) {
            return new KeyOutcome.NotAHolder(topic, epoch);
        }
        Optional<MemberView> recipient = access.named(topic.meshId(), memberId);
        if (recipient.isEmpty()
                || TopicStore.holdRole(connection, topic.id(), recipient.get().memberId())
                        .isEmpty()) {
            return new KeyOutcome.RecipientNotInTopic(topic);
        }
        MemberView member = recipient.get();
        if (!forAnybody && !KeyStore.wasThere(connection, topic.id(), member.memberId(), epoch)) {
            return new KeyOutcome.Invalid("keyEpoch", "must be of a time when the member was in the topic");
        }
        Optional<KeyStore.Copy> earlier = KeyStore.find(connection, topic.id(), member.memberId(), epoch);
        boolean good = earlier.isPresent() && earlier.get().memberPublicKey().equals(member.publicKey());
        if (good && !member.memberId().equals(sealer.memberId())) {
            return new KeyOutcome.AlreadySealed(topic, member.memberId(), epoch);
        }
        Instant now = now();
        KeyStore.put(connection, copy(topic.id(), member, sealer, epoch, encryptedKey, nonce), now);
        return new KeyOutcome.Sealed(topic, member.memberId(), epoch, now);
    }

    /**
     * Makes the caller's key the topic's key of an epoch: the first one, or the next one when rotation is due. One wins, the
     * others get {@link KeyOutcome.AlreadyEncrypted}.
     *
     * @param publicKey the caller's ed25519 key
     * @param keyEpoch null for 1
     */
    public KeyOutcome claim(
            TopicCaller caller,
            String topicName,
            String publicKey,
            String encryptedKey,
            String nonce,
            @Nullable Integer keyEpoch) {
        Optional<TopicView> visible = access.visible(caller, topicName);
        Optional<MemberView> claimer = access.member(caller);
        if (visible.isEmpty() || claimer.isEmpty()) {
            return new KeyOutcome.NotFound();
        }
        if (!publicKey.toLowerCase(Locale.ROOT).equals(claimer.get().publicKey())) {
            return new KeyOutcome.Invalid("encryptedKeyPubkey", "must be your member key");
        }
        Optional<KeyOutcome> malformed = refuse(claimer.get(), encryptedKey, nonce);
        if (malformed.isPresent()) {
            return malformed.get();
        }
        TopicView topic = visible.get();
        int epoch = keyEpoch == null ? 1 : keyEpoch;
        KeyOutcome outcome =
                transactions.run(connection -> claim(connection, claimer.get(), topic, encryptedKey, nonce, epoch));
        if (!(outcome instanceof KeyOutcome.Claimed claimed)) {
            return outcome;
        }
        changed.accept(caller.meshId());
        TopicView after = topics.findById(caller.meshId(), topic.id()).orElse(topic);
        return new KeyOutcome.Claimed(after, claimed.senderPublicKey(), claimed.memberId(), claimed.keyEpoch());
    }

    private KeyOutcome claim(
            Connection connection, MemberView claimer, TopicView topic, String encryptedKey, String nonce, int epoch)
            throws SQLException {
        Optional<TopicStore.Locked> locked = TopicStore.lock(connection, topic.meshId(), topic.id());
        if (locked.isEmpty()) {
            return new KeyOutcome.NotFound();
        }
        int current = locked.get().keyEpoch();
        boolean open = epoch == current + 1 && (current == 0 || locked.get().rotationDue());
        if (!open) {
            return current == 0
                    ? new KeyOutcome.Invalid("keyEpoch", "must be 1: the topic has no key yet")
                    : new KeyOutcome.AlreadyEncrypted(topic, locked.get().keyPublicKey(), current);
        }
        Optional<TopicRole> role = TopicStore.holdRole(connection, topic.id(), claimer.memberId());
        if (role.isEmpty() || role.get() == TopicRole.OBSERVER || !mayRotate(connection, claimer, topic, current)) {
            return new KeyOutcome.NotAHolder(topic, current);
        }
        Instant now = now();
        KeyStore.begin(connection, topic.id(), epoch, claimer.publicKey());
        KeyStore.put(connection, copy(topic.id(), claimer, claimer, epoch, encryptedKey, nonce), now);
        TopicStore.changed(connection, topic.meshId());
        chains.append(
                connection,
                List.of(AuditEvent.of(
                        topic.meshId(),
                        "topic_key_claimed",
                        claimer.memberId(),
                        claimer.displayName(),
                        Map.of("topicId", topic.id(), "keyEpoch", epoch),
                        now)));
        return new KeyOutcome.Claimed(topic, claimer.publicKey(), claimer.memberId(), epoch);
    }

    /** Whoever holds the current key; anybody when nobody in the topic does. */
    private static boolean mayRotate(Connection connection, MemberView claimer, TopicView topic, int current)
            throws SQLException {
        return current == 0
                || KeyStore.holds(connection, topic.id(), claimer.memberId(), current)
                || !KeyStore.hasHolder(connection, topic.id(), current);
    }

    private static KeyStore.NewCopy copy(
            String topicId, MemberView member, MemberView sealer, int epoch, String encryptedKey, String nonce) {
        return new KeyStore.NewCopy(
                topicId,
                member.memberId(),
                epoch,
                encryptedKey,
                nonce,
                member.publicKey(),
                sealer.memberId(),
                sealer.publicKey());
    }

    /** Forms that no honest client writes. The box itself only its recipient can check. */
    private static Optional<KeyOutcome> refuse(MemberView sealer, String encryptedKey, String nonce) {
        byte[] copy = decode(encryptedKey);
        if (copy.length != TopicKeys.PREFIXED_BYTES) {
            return Optional.of(
                    new KeyOutcome.Invalid("encryptedKey", "must be " + TopicKeys.PREFIXED_BYTES + " bytes in Base64"));
        }
        if (decode(nonce).length != SecretBox.NONCE_BYTES) {
            return Optional.of(
                    new KeyOutcome.Invalid("nonce", "must be " + SecretBox.NONCE_BYTES + " bytes in Base64"));
        }
        byte[] prefix = Arrays.copyOf(copy, BoxKeyPair.KEY_BYTES);
        boolean own = Curve25519Keys.isConvertible(sealer.publicKey())
                && MessageDigest.isEqual(prefix, Curve25519Keys.publicKey(sealer.publicKey()));
        return own
                ? Optional.empty()
                : Optional.of(new KeyOutcome.Invalid("encryptedKey", "must begin with your own x25519 key"));
    }

    private static byte[] decode(String base64) {
        try {
            return Base64Text.decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
