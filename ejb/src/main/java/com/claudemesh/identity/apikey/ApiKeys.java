package com.claudemesh.identity.apikey;

import com.claudemesh.audit.AuditChainStore;
import com.claudemesh.audit.AuditEvent;
import com.claudemesh.identity.LastUses;
import com.claudemesh.mesh.Actor;
import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.platform.RateLimiter;
import com.claudemesh.platform.Sql;
import com.claudemesh.platform.Transactions;
import com.claudemesh.protocol.crypto.token.ApiKey;
import com.claudemesh.protocol.frame.ApiKeyCapability;
import com.claudemesh.protocol.frame.ApiKeyCreate;
import com.claudemesh.protocol.id.Ids;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The door to API keys. Blocking; safe for any thread. */
public final class ApiKeys {
    private static final int MAX_LISTED = 1_000;

    private final Transactions transactions;
    private final AuditChainStore audit;
    private final MeshDirectory directory;
    private final TopicNames topics;
    private final Clock clock;
    private final RateLimiter rates;
    private final LastUses lastUses;
    private final int maxPerMesh;
    private final MemberKeyRule memberKeys;

    /** @param rates per key; counts on this node only, which is what a limit against floods needs */
    public ApiKeys(
            Transactions transactions,
            AuditChainStore audit,
            MeshDirectory directory,
            TopicNames topics,
            Clock clock,
            RateLimiter rates,
            int maxPerMesh,
            MemberKeyRule memberKeys) {
        this.transactions = transactions;
        this.audit = audit;
        this.directory = directory;
        this.topics = topics;
        this.clock = clock;
        this.rates = rates;
        this.lastUses = new LastUses(clock);
        this.maxPerMesh = maxPerMesh;
        this.memberKeys = memberKeys;
    }

    /** Makes a key in the name of a member that administers the mesh. */
    public ApiKeyOutcome create(String meshId, Actor issuer, ApiKeyCreate wish) {
        return create(meshId, issuer, wish, Integer.MAX_VALUE);
    }

    /** Makes a key in the name of any member, as {@link MemberKeyRule} allows. */
    public ApiKeyOutcome createOwn(String meshId, Actor issuer, ApiKeyCreate wish) {
        return memberKeys
                .objection(wish, clock.instant())
                .<ApiKeyOutcome>map(ApiKeyOutcome.NotForMembers::new)
                .orElseGet(() -> create(meshId, issuer, wish, memberKeys.maxLive()));
    }

    private ApiKeyOutcome create(String meshId, Actor issuer, ApiKeyCreate wish, int maxOfIssuer) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Optional<Instant> expiry = wish.expiry();
        if (expiry.isPresent() && !expiry.get().isAfter(now)) {
            return new ApiKeyOutcome.AlreadyExpired();
        }
        String memberId = Objects.requireNonNull(issuer.memberId(), "keys are issued by members");
        List<String> topicIds = null;
        if (wish.topicScopes() != null) {
            topicIds = new ArrayList<>();
            for (String name : new LinkedHashSet<>(wish.topicScopes())) {
                Optional<String> id = topics.idOf(meshId, memberId, name);
                if (id.isEmpty()) {
                    return new ApiKeyOutcome.UnknownTopic(name);
                }
                topicIds.add(id.get());
            }
        }
        ApiKey secret = ApiKey.generate();
        ApiKeyView key = new ApiKeyView(
                Ids.next(),
                wish.label(),
                secret.prefix(),
                memberId,
                wish.capabilities().stream().distinct().toList(),
                topicIds,
                now,
                expiry.orElse(null),
                null,
                null);
        return store(meshId, issuer, secret, key, maxOfIssuer);
    }

    private ApiKeyOutcome store(String meshId, Actor issuer, ApiKey secret, ApiKeyView key, int maxOfIssuer) {
        return transactions.run(connection -> {
            serialize(connection, meshId);
            if (ApiKeyStore.countLive(connection, meshId, key.createdAt()) >= maxPerMesh) {
                return new ApiKeyOutcome.TooMany(maxPerMesh);
            }
            if (ApiKeyStore.countLiveOf(connection, meshId, key.issuerMemberId(), key.createdAt()) >= maxOfIssuer) {
                return new ApiKeyOutcome.TooMany(maxOfIssuer);
            }
            ApiKeyStore.insert(connection, meshId, secret.hash(), key);
            List<String> capabilities =
                    key.capabilities().stream().map(ApiKeyCapability::wire).toList();
            record(
                    connection,
                    meshId,
                    "apikey_created",
                    issuer,
                    Map.of("keyId", key.id(), "label", key.label(), "capabilities", capabilities));
            return new ApiKeyOutcome.Created(secret.secret(), key);
        });
    }

    /** Keys made at the same moment are counted one after the other. */
    private static void serialize(Connection connection, String meshId) throws SQLException {
        Sql.first(connection, "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", row -> true, "api_key:" + meshId);
    }

    /** The newest keys of the mesh, newest first, revoked ones included; at most a thousand. */
    public List<ApiKeyView> list(String meshId) {
        return transactions.run(connection -> ApiKeyStore.list(connection, meshId, MAX_LISTED));
    }

    /** What the topics of a key are called now, as its issuer sees them; null for all. One that is gone keeps its id. */
    public @Nullable List<String> topicNames(String meshId, ApiKeyView key) {
        return key.topicIds() == null
                ? null
                : key.topicIds().stream()
                        .map(id ->
                                topics.nameOf(meshId, key.issuerMemberId(), id).orElse(id))
                        .toList();
    }

    /**
     * Revokes a key of the mesh; from the next request on it does not work.
     *
     * @param idOrPrefix the whole id, or its beginning, taken literally
     */
    public RevokeOutcome revoke(String meshId, Actor actor, String idOrPrefix) {
        return transactions.run(connection -> {
            List<String> ids = ApiKeyStore.idsWithPrefix(connection, meshId, idOrPrefix, MAX_LISTED);
            if (ids.isEmpty()) {
                return new RevokeOutcome.NotFound();
            }
            if (ids.size() > 1 && !ids.contains(idOrPrefix)) {
                return new RevokeOutcome.NotUnique(ids.size());
            }
            String id = ids.contains(idOrPrefix) ? idOrPrefix : ids.get(0);
            if (ApiKeyStore.revoke(connection, meshId, id, clock.instant())) {
                record(connection, meshId, "apikey_revoked", actor, Map.of("keyId", id));
            }
            return new RevokeOutcome.Revoked(id);
        });
    }

    /** As {@link #revoke}, of the actor's own keys only and by whole id: others are not found. */
    public RevokeOutcome revokeOwn(String meshId, Actor actor, String id) {
        String memberId = Objects.requireNonNull(actor.memberId(), "keys are issued by members");
        boolean own = transactions.run(connection -> ApiKeyStore.isIssuedBy(connection, meshId, id, memberId));
        return own ? revoke(meshId, actor, id) : new RevokeOutcome.NotFound();
    }

    /** What a presented key is worth now. Counts as a use. */
    public ApiKeyVerdict authenticate(String presented) {
        if (!ApiKey.isPlausible(presented)) {
            return new ApiKeyVerdict.Invalid();
        }
        Optional<ApiKeyGrant> grant =
                transactions
                        .run(connection -> ApiKeyStore.findLive(connection, ApiKey.prefix(presented), clock.instant()))
                        .stream()
                        .filter(candidate -> ApiKey.matches(presented, candidate.secretHash()))
                        .map(ApiKeyStore.Candidate::grant)
                        .filter(this::isBacked)
                        .findFirst();
        if (grant.isEmpty()) {
            return new ApiKeyVerdict.Invalid();
        }
        long waitMillis = rates.tryAcquire(grant.get().keyId());
        if (waitMillis > 0) {
            return new ApiKeyVerdict.RateLimited(Duration.ofMillis(waitMillis));
        }
        lastUses.usedNow(grant.get().keyId());
        return new ApiKeyVerdict.Granted(grant.get());
    }

    /** The mesh is live, and whoever issued the key is still a member of it. */
    private boolean isBacked(ApiKeyGrant grant) {
        return directory.mesh(grant.meshId()).isPresent()
                && directory
                        .memberById(grant.meshId(), grant.issuerMemberId())
                        .filter(member -> !member.revoked())
                        .isPresent();
    }

    /** Which of these keys are neither revoked nor expired, by the database. Not a use. */
    public Set<String> liveAmong(Set<String> keyIds) {
        return keyIds.isEmpty()
                ? Set.of()
                : transactions.run(connection ->
                        ApiKeyStore.liveAmong(connection, keyIds.toArray(String[]::new), clock.instant()));
    }

    /**
     * Members of the mesh in whose name a key was used since then, last use first; at most a thousand. A use is seen some
     * seconds after it.
     */
    public List<String> recentIssuers(String meshId, Instant since) {
        return transactions.run(connection -> ApiKeyStore.issuersUsedSince(connection, meshId, since, MAX_LISTED));
    }

    /** Writes when keys were last used. Call it every few seconds. */
    public void flushLastUses() {
        lastUses.flush(batch -> transactions.execute(connection -> ApiKeyStore.markUsed(connection, batch)));
    }

    private void record(Connection connection, String meshId, String type, Actor actor, Map<String, ?> payload)
            throws SQLException {
        audit.append(
                connection,
                List.of(AuditEvent.of(meshId, type, actor.memberId(), actor.displayName(), payload, clock.instant())));
    }
}
