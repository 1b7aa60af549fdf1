package com.claudemesh.identity;

import com.claudemesh.protocol.crypto.primitive.Digests;
import com.claudemesh.protocol.crypto.token.RandomCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The door to accounts and tokens. */
@ApplicationScoped
public class IdentityService {
    private static final String OPERATOR_PREFIX = "cm_op_";
    private static final Duration LINK_LIFE = Duration.ofDays(7);

    @Inject
    private EntityManager entities;

    @Inject
    private Clock clock;

    /** The administrator that the first start makes; empty while there is none. */
    @Transactional
    public Optional<Account> firstAdministrator() {
        return entities.createQuery(
                        "SELECT a FROM Account a WHERE a.role = 'admin' ORDER BY a.createdAt", Account.class)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    @Transactional
    public Account createAdministrator(String name) {
        Account account = Account.administrator(name, clock.instant());
        entities.persist(account);
        return account;
    }

    /** Makes a link token that signs the account in once; only its hash is kept. */
    @Transactional
    public String issueSignInLink(Account account) {
        String token = RandomCode.urlToken();
        Instant now = clock.instant();
        entities.flush();
        entities.createNativeQuery(
                        "INSERT INTO public.sign_in_link (token_hash, account_id, created_at, expires_at) VALUES (?, ?, ?, ?)")
                .setParameter(1, Digests.sha256Hex(token))
                .setParameter(2, account.id())
                .setParameter(3, java.sql.Timestamp.from(now))
                .setParameter(4, java.sql.Timestamp.from(now.plus(LINK_LIFE)))
                .executeUpdate();
        return token;
    }

    /** Uses a link up and returns the account's name; empty when it is unknown, used or expired. */
    @Transactional
    public Optional<String> useSignInLink(String token) {
        List<?> names = entities.createNativeQuery("""
                        UPDATE public.sign_in_link l SET used_at = ?
                        FROM public.account a
                        WHERE l.token_hash = ? AND l.used_at IS NULL AND l.expires_at > ? AND a.id = l.account_id
                        RETURNING a.name""")
                .setParameter(1, java.sql.Timestamp.from(clock.instant()))
                .setParameter(2, Digests.sha256Hex(token))
                .setParameter(3, java.sql.Timestamp.from(clock.instant()))
                .getResultList();
        return names.stream().map(Object::toString).findFirst();
    }

    /** Makes a new operator token and forgets earlier ones. */
    @Transactional
    public String issueOperatorToken() {
        String token = OPERATOR_PREFIX + RandomCode.urlToken();
        entities.createNativeQuery("DELETE FROM public.operator_token").executeUpdate();
        entities.createNativeQuery("INSERT INTO public.operator_token (token_hash, created_at) VALUES (?, ?)")
                .setParameter(1, Digests.sha256Hex(token))
                .setParameter(2, java.sql.Timestamp.from(clock.instant()))
                .executeUpdate();
        return token;
    }

    /** Whether the token is the operator's. The lookup is by hash, so its time says nothing about the token. */
    @Transactional
    public boolean isOperator(String token) {
        return token.startsWith(OPERATOR_PREFIX)
                && !entities.createNativeQuery("SELECT 1 FROM public.operator_token WHERE token_hash = ?")
                        .setParameter(1, Digests.sha256Hex(token))
                        .getResultList()
                        .isEmpty();
    }
}
