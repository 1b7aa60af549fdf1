package com.claudemesh.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.claudemesh.platform.Sql;
import com.claudemesh.platform.Transactions;
import com.claudemesh.testing.TestDatabase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class ListingTest {
    private static final DataSource DATABASE = TestDatabase.fresh();

    private final Transactions transactions = new Transactions(DATABASE);

    private Page<String> page(String from, int timeoutMillis) {
        Listing listing = new Listing("n::text AS n", from, new LinkedHashMap<>(Map.of("n", "n")), "n", timeoutMillis);
        return transactions.run(connection ->
                listing.page(connection, new Listing.Conditions(), PageRequest.first(2), row -> row.getString("n")));
    }

    @Test
    void page_everything_countsAndCuts() {
        assertThat(page("generate_series(1, 5) n", 10_000)).isEqualTo(new Page<>(List.of("5", "4"), 5));
    }

    @Test
    void page_thatTakesTooLong_isGivenUpAndLeavesNoTrace() {
        assertThatThrownBy(() -> page("(SELECT 1 AS n FROM pg_sleep(30)) slow", 50))
                .isInstanceOf(SlowListException.class);
        String timeout =
                transactions.run(connection -> Sql.first(connection, "SHOW statement_timeout", row -> row.getString(1))
                        .orElseThrow());
        assertThat(timeout).isEqualTo("0");
    }
}
