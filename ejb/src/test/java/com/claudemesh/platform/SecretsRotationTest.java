package com.claudemesh.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.crypto.AtRestCipher;
import com.claudemesh.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SecretsRotationTest {
    private static final String OLD_KEY = "11".repeat(32);
    private static final String NEW_KEY = "22".repeat(32);
    private static final EncryptedColumn COLUMN =
            new EncryptedColumn("public.mail_outbox", "id", "content_enc", "mail_outbox.content");
    private static final int ROWS = 250;

    private final Transactions transactions = new Transactions(TestDatabase.fresh());
    private final AtRestCipher before = new AtRestCipher(OLD_KEY);
    private final AtRestCipher after = new AtRestCipher(NEW_KEY, List.of(OLD_KEY));

    @BeforeEach
    void secrets() {
        transactions.execute(connection -> {
            for (int i = 0; i < ROWS; i++) {
                Sql.update(
                        connection, """
                        INSERT INTO public.mail_outbox (id, kind, recipient, content_enc, created_at, next_try_at)
                        VALUES (?, 'test', 'ada@example.org', ?, now(), now())""", "mail-" + i, before.encrypt("secret " + i, "mail_outbox.content|mail-" + i));
            }
        });
    }

    @Test
    void run_valuesOfAnEarlierKey_areReadableWithTheNewKeyAlone() {
        assertThat(rotation(after).run()).isEqualTo(new SecretsRotation.Result(after.keyId(), ROWS, 0));

        AtRestCipher newAlone = new AtRestCipher(NEW_KEY);
        for (int i = 0; i < ROWS; i++) {
            assertThat(newAlone.decrypt(stored("mail-" + i), "mail_outbox.content|mail-" + i))
                    .contains("secret " + i);
        }
    }

    @Test
    void run_again_changesNothing() {
        rotation(after).run();
        String stored = stored("mail-0");

        assertThat(rotation(after).run().rotated()).isZero();
        assertThat(stored("mail-0")).isEqualTo(stored);
    }

    @Test
    void run_valueThatNoKeyOpens_isCountedAndKept() {
        String foreign = new AtRestCipher("33".repeat(32)).encrypt("lost", "mail_outbox.content|mail-7");
        transactions.execute(connection ->
                Sql.update(connection, "UPDATE public.mail_outbox SET content_enc = ? WHERE id = 'mail-7'", foreign));

        assertThat(rotation(after).run()).isEqualTo(new SecretsRotation.Result(after.keyId(), ROWS - 1, 1));
        assertThat(stored("mail-7")).isEqualTo(foreign);
    }

    private SecretsRotation rotation(AtRestCipher cipher) {
        return new SecretsRotation(transactions, cipher, List.of(COLUMN));
    }

    private String stored(String id) {
        return transactions
                .run(connection -> Sql.first(
                        connection,
                        "SELECT content_enc FROM public.mail_outbox WHERE id = ?",
                        row -> row.getString(1),
                        id))
                .orElseThrow();
    }
}
