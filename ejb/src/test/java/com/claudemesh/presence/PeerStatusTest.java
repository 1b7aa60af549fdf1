package com.claudemesh.presence;

import static com.claudemesh.presence.StatusSource.HOOK;
import static com.claudemesh.presence.StatusSource.JSONL;
import static com.claudemesh.presence.StatusSource.MANUAL;
import static com.claudemesh.protocol.frame.Status.DND;
import static com.claudemesh.protocol.frame.Status.IDLE;
import static com.claudemesh.protocol.frame.Status.WORKING;
import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.frame.Status;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The write rule of wire protocol §4.10. */
class PeerStatusTest {
    private static final Instant T0 = Instant.parse("2026-06-01T12:00:00Z");
    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final Duration TTL = Duration.ofSeconds(60);

    @Test
    void initial_isIdleAndNobodysWord() {
        assertThat(PeerStatus.initial(T0)).isEqualTo(new PeerStatus(IDLE, JSONL, T0));
    }

    @ParameterizedTest
    @CsvSource({"HOOK,HOOK", "HOOK,MANUAL", "MANUAL,HOOK", "MANUAL,MANUAL", "JSONL,HOOK", "JSONL,MANUAL", "JSONL,JSONL"
    })
    void report_ofAnotherStatus_isTakenFromHookAndPeer(StatusSource current, StatusSource by) {
        PeerStatus before = new PeerStatus(WORKING, current, T0);

        assertThat(before.after(IDLE, by, at(1), FRESH)).isEqualTo(new PeerStatus(IDLE, by, at(1)));
    }

    @Test
    void inference_contradictingAManualStatus_isIgnoredHoweverOld() {
        PeerStatus manual = new PeerStatus(WORKING, MANUAL, T0);

        assertThat(manual.after(IDLE, JSONL, at(10_000), FRESH)).isEqualTo(manual);
    }

    @Test
    void inference_contradictingAHook_isIgnoredWhileTheHookIsFreshOnly() {
        PeerStatus hook = new PeerStatus(WORKING, HOOK, T0);

        assertThat(hook.after(IDLE, JSONL, at(30), FRESH)).isEqualTo(hook);
        assertThat(hook.after(IDLE, JSONL, at(31), FRESH)).isEqualTo(new PeerStatus(IDLE, JSONL, at(31)));
    }

    @ParameterizedTest
    @EnumSource(
            value = StatusSource.class,
            names = {"HOOK", "JSONL"})
    void dnd_isLeftByNobodyButThePeer(StatusSource by) {
        PeerStatus dnd = new PeerStatus(DND, MANUAL, T0);

        assertThat(dnd.after(IDLE, by, at(1), FRESH)).isEqualTo(dnd);
        assertThat(dnd.after(WORKING, by, at(1_000), FRESH)).isEqualTo(dnd);
        assertThat(dnd.after(IDLE, MANUAL, at(1), FRESH)).isEqualTo(new PeerStatus(IDLE, MANUAL, at(1)));
    }

    @Test
    void dnd_enteredByAHook_isLeftByThePeerOnly() {
        PeerStatus dnd = PeerStatus.initial(T0).after(DND, HOOK, at(1), FRESH);
        assertThat(dnd.value()).isEqualTo(DND);

        assertThat(dnd.after(IDLE, HOOK, at(2), FRESH).value()).isEqualTo(DND);
        assertThat(dnd.after(IDLE, MANUAL, at(2), FRESH).value()).isEqualTo(IDLE);
    }

    @ParameterizedTest
    @CsvSource({"JSONL,MANUAL", "JSONL,HOOK", "MANUAL,HOOK", "HOOK,HOOK", "MANUAL,MANUAL"})
    void report_ofTheSameStatusFromAnEqualOrStrongerSource_takesSourceAndTime(StatusSource current, StatusSource by) {
        PeerStatus before = new PeerStatus(WORKING, current, T0);

        assertThat(before.after(WORKING, by, at(5), FRESH)).isEqualTo(new PeerStatus(WORKING, by, at(5)));
    }

    @Test
    void report_ofTheSameStatusFromAWeakerSource_bumpsTheTimeOfAFreshOne() {
        PeerStatus hook = new PeerStatus(WORKING, HOOK, T0);

        assertThat(hook.after(WORKING, MANUAL, at(30), FRESH)).isEqualTo(new PeerStatus(WORKING, HOOK, at(30)));
    }

    @Test
    void report_ofTheSameStatusFromAWeakerSource_replacesAStaleOne() {
        PeerStatus hook = new PeerStatus(WORKING, HOOK, T0);

        assertThat(hook.after(WORKING, MANUAL, at(31), FRESH)).isEqualTo(new PeerStatus(WORKING, MANUAL, at(31)));
    }

    @ParameterizedTest
    @EnumSource(StatusSource.class)
    void work_olderThanItsTimeToLive_isOver(StatusSource source) {
        PeerStatus work = new PeerStatus(WORKING, source, T0);

        assertThat(work.aged(at(60), TTL)).isEqualTo(work);
        assertThat(work.aged(at(61), TTL)).isEqualTo(new PeerStatus(IDLE, JSONL, at(61)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.class,
            names = {"IDLE", "DND"})
    void anythingButWork_neverAges(Status status) {
        PeerStatus before = new PeerStatus(status, MANUAL, T0);

        assertThat(before.aged(at(1_000_000), TTL)).isEqualTo(before);
    }

    private static Instant at(long seconds) {
        return T0.plusSeconds(seconds);
    }
}
