package com.claudemesh.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.output.Output;
import com.claudemesh.cli.testing.ManualWaiting;
import com.claudemesh.protocol.frame.AuditResult.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditWalkTest {
    private final AuditRecord record = new AuditRecord();
    private final ManualWaiting time = new ManualWaiting();
    private final AuditWalk walk = new AuditWalk(AuditRecord.MESH_ID, record, time);
    private final List<Long> seen = new ArrayList<>();

    private void walk() {
        walk.run(entry -> seen.add(entry.id()));
    }

    private static List<Long> ids(int events) {
        return LongStream.range(0, events).map(i -> i * 3 + 1).boxed().toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 149, 150, 199, 200, 201, 1003})
    void run_record_seesEveryEventOnceInOrder(int events) {
        record.with(events);

        walk();

        assertThat(seen).isEqualTo(ids(events));
        assertThat(walk.entries()).isEqualTo(events);
        assertThat(walk.brokenAt()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40, 60, 150})
    void run_eventsHappenMeanwhile_missesNone(int perQuery) {
        record.with(700);
        int[] queries = {0};
        record.beforeEachQuery(() -> record.with(queries[0]++ % 2 == 0 ? 0 : perQuery));

        walk();

        assertThat(seen).isEqualTo(ids(700));
        assertThat(walk.brokenAt()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 350, 699})
    void run_changedEvent_isNamed(int index) {
        record.with(700).change(index, Output.object().put("number", -1));

        walk();

        assertThat(walk.brokenAt()).contains(index * 3L + 1);
        assertThat(seen).hasSize(700);
    }

    @Test
    void run_missingEvent_isNoticedAtTheNext() {
        record.with(700).remove(400);

        walk();

        assertThat(walk.brokenAt()).contains(401 * 3L + 1);
    }

    @Test
    void run_recordShrinksMeanwhile_ends() {
        record.with(700);
        List<Entry> entries = record.entries();
        int[] queries = {0};
        record.beforeEachQuery(() -> {
            if (queries[0]++ == 1) {
                entries.subList(300, 700).clear();
            }
        });

        walk();

        assertThat(walk.brokenAt()).isPresent();
    }

    @Test
    void run_tooManyReads_waits() {
        record.with(10).refuse(5);

        walk();

        assertThat(seen).hasSize(10);
        assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void run_refusedForGood_error() {
        record.with(10).refuse(1_000);

        assertThatThrownBy(this::walk).isInstanceOf(CliException.class);
    }
}
