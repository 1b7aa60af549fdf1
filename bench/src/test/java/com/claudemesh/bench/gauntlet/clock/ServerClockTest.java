package com.claudemesh.bench.gauntlet.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Moves the clock of a real Java process. */
class ServerClockTest {
    private final Process other;
    private final BufferedReader answers;

    /** Says what time it is whenever it is sent a line. */
    static final class TalkingClock {
        public static void main(String[] args) throws IOException {
            Clock clock = Clock.systemUTC();
            while (System.in.read() >= 0) {
                System.out.println(clock.millis() + " " + clock.instant().toEpochMilli() + " "
                        + Instant.now().toEpochMilli());
            }
        }
    }

    ServerClockTest() throws IOException {
        other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        Path.of(TalkingClock.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .getPath())
                                .toString(),
                        TalkingClock.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = other.inputReader();
    }

    @AfterEach
    void endProcess() {
        other.destroyForcibly();
    }

    /** By how much each of its three clocks differs from ours, in minutes. */
    private long[] offsetMinutes() throws IOException {
        OutputStream in = other.getOutputStream();
        in.write(' ');
        in.flush();
        String[] times = answers.readLine().split(" ");
        long[] minutes = new long[times.length];
        for (int i = 0; i < times.length; i++) {
            minutes[i] = Math.round((Long.parseLong(times[i]) - System.currentTimeMillis()) / 60_000.0);
        }
        return minutes;
    }

    @Test
    void set_severalTimes_movesEveryClockByTheLatestOffset() throws IOException {
        assertThat(offsetMinutes()).containsExactly(0, 0, 0);
        try (ServerClock clock = new ServerClock()) {
            clock.set(other.pid(), Duration.ofHours(2));
            assertThat(offsetMinutes()).containsExactly(120, 120, 120);

            clock.set(other.pid(), Duration.ofMinutes(-10));
            assertThat(offsetMinutes()).containsExactly(-10, -10, -10);

            clock.set(other.pid(), Duration.ZERO);
            assertThat(offsetMinutes()).containsExactly(0, 0, 0);
        }
    }
}
