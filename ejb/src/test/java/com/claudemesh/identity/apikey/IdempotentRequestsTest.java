package com.claudemesh.identity.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.identity.apikey.IdempotentRequests.Claim;
import com.claudemesh.identity.apikey.IdempotentRequests.Decision;
import com.claudemesh.platform.Sql;
import com.claudemesh.platform.Transactions;
import com.claudemesh.testing.AtOnce;
import com.claudemesh.testing.SettableClock;
import com.claudemesh.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class IdempotentRequestsTest {
    private static final Transactions TRANSACTIONS = new Transactions(TestDatabase.fresh());
    private static final Duration KEPT = Duration.ofHours(24);
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final String HASH = "ab".repeat(32);
    private static int names;

    private final SettableClock clock = new SettableClock();
    private final IdempotentRequests requests = new IdempotentRequests(TRANSACTIONS, clock, KEPT, LEASE);
    private final String name = "request-" + ++names;

    @BeforeAll
    static void keys() {
        TRANSACTIONS.execute(connection -> {
            Sql.update(connection, """
                    INSERT INTO mesh.mesh (id, name, slug, owner_pubkey, owner_secret_enc, root_key_enc, created_at)
                    VALUES ('m', 'm', 'm', ?, 'x', 'x', now())""", HASH);
            Sql.update(connection, """
                    INSERT INTO mesh.member (id, mesh_id, peer_pubkey, display_name, role, joined_at)
                    VALUES ('alice', 'm', ?, 'alice', 'admin', now())""", HASH);
            for (String id : List.of("one", "two")) {
                Sql.update(connection, """
                        INSERT INTO mesh.api_key (id, mesh_id, label, secret_hash, secret_prefix, capabilities,
                            issued_by_member_id, created_at)
                        VALUES (?, 'm', 'x', ?, 'cm_', ARRAY['send'], 'alice', now())""", id, id.equals("one") ? HASH : "cd".repeat(32));
            }
        });
    }

    @Test
    void begin_firstRequest_isCarriedOut() {
        assertThat(begin()).isInstanceOf(Decision.CarryOut.class);
    }

    @Test
    void begin_answeredRequest_isReplayed() {
        requests.finish(claim(), 200, "{\"messageId\":\"x\"}");

        assertThat(begin()).isEqualTo(new Decision.Replay(200, "{\"messageId\":\"x\"}"));
    }

    @Test
    void begin_answeredRequestAfterARestart_isReplayed() {
        requests.finish(claim(), 404, "{}");

        IdempotentRequests afterwards = new IdempotentRequests(TRANSACTIONS, clock, KEPT, LEASE);

        assertThat(afterwards.begin("one", name, HASH)).isEqualTo(new Decision.Replay(404, "{}"));
    }

    @Test
    void begin_otherContent_isAMismatch() {
        requests.finish(claim(), 200, "{}");

        assertThat(requests.begin("one", name, "ef".repeat(32))).isEqualTo(new Decision.Mismatch());
    }

    @Test
    void begin_otherContentWhileTheFirstIsCarriedOut_isAMismatch() {
        claim();

        assertThat(requests.begin("one", name, "ef".repeat(32))).isEqualTo(new Decision.Mismatch());
    }

    @Test
    void begin_whileItIsCarriedOut_saysWhenToTryAgain() {
        claim();
        clock.advance(Duration.ofSeconds(20));

        assertThat(begin()).isEqualTo(new Decision.InProgress(Duration.ofSeconds(40)));
    }

    @Test
    void begin_afterTheLeaseOfOneThatNeverEnded_isCarriedOut() {
        Claim lost = claim();
        clock.advance(LEASE);
        Claim second = claim();

        requests.finish(lost, 500, "{\"late\":true}");
        requests.finish(second, 200, "{}");

        assertThat(begin()).isEqualTo(new Decision.Replay(200, "{}"));
    }

    @Test
    void begin_afterTheLease_isTheSameRequest() {
        Claim lost = claim();
        clock.advance(LEASE);

        assertThat(claim().requestId()).isEqualTo(lost.requestId());
    }

    @Test
    void begin_afterItWasKeptLongEnough_isAnotherRequest() {
        Claim first = claim();
        requests.finish(first, 200, "{}");
        clock.advance(KEPT.plusSeconds(1));

        assertThat(claim().requestId()).isNotEqualTo(first.requestId());
    }

    @Test
    void begin_abandonedRequest_isCarriedOutAgain() {
        requests.abandon(claim());

        assertThat(begin()).isInstanceOf(Decision.CarryOut.class);
    }

    @Test
    void begin_sameNameOfAnotherApiKey_isAnotherRequest() {
        requests.finish(claim(), 200, "{}");

        assertThat(requests.begin("two", name, HASH)).isInstanceOf(Decision.CarryOut.class);
    }

    @Test
    void begin_afterItWasKeptLongEnough_isCarriedOut() {
        requests.finish(claim(), 200, "{}");
        clock.advance(KEPT.plusSeconds(1));

        assertThat(requests.begin("one", name, "ef".repeat(32))).isInstanceOf(Decision.CarryOut.class);
    }

    @Test
    void begin_manyAtOnce_isCarriedOutOnce() throws Exception {
        List<Decision> decisions = AtOnce.run(8, this::begin);

        assertThat(decisions).filteredOn(Decision.CarryOut.class::isInstance).hasSize(1);
        assertThat(decisions).filteredOn(Decision.InProgress.class::isInstance).hasSize(7);
    }

    @Test
    void sweep_deletesWhatWasKeptLongEnough() {
        requests.finish(claim(), 200, "{}");
        clock.advance(KEPT.plusSeconds(1));

        int deleted = TRANSACTIONS.run(connection -> requests.sweep(connection, 1_000));

        assertThat(deleted).isPositive();
    }

    private Decision begin() {
        return requests.begin("one", name, HASH);
    }

    private Claim claim() {
        return ((Decision.CarryOut) begin()).claim();
    }
}
