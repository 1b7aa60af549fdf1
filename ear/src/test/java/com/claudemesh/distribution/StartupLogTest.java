package com.claudemesh.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartupLogTest {

    @Test
    void fatalIn_wrongSetting_isTheSettingsOwnLine() {
        String log = """
                SEVERE Exception while loading the app : EJB Container initialization error
                java.lang.RuntimeException: EJB Container initialization error
                Caused by: com.claudemesh.platform.InvalidSettingException: MAX_MESSAGE_BYTES must be a whole number
                \tat com.claudemesh.platform.Settings.from(Settings.java:70)
                """;

        assertThat(StartupLog.fatalIn(log)).contains("MAX_MESSAGE_BYTES must be a whole number");
    }

    @Test
    void fatalIn_failedConfigurationCommand_namesTheCommand() {
        assertThat(StartupLog.fatalIn("WARNING: Boot Command set failed No configuration found for x.y"))
                .contains("set failed No configuration found for x.y");
    }

    @Test
    void fatalIn_usualStart_isNothing() {
        String log = """
                INFO: Boot Command set returned with result SUCCESS : PlainTextActionReporterSUCCESS
                INFO com.claudemesh.platform.DatabaseBoot event=starting
                WARNING something was slow
                """;

        assertThat(StartupLog.fatalIn(log)).isEmpty();
    }

    @Test
    void fatal_failureOfEarlierStart_isNotSeen(@TempDir Path folder) throws Exception {
        DataDirectory data = DataDirectory.open(folder);
        Files.writeString(data.serverLog(), "Exception while loading the app : yesterday\n");

        StartupLog log = StartupLog.from(data);

        assertThat(log.fatal()).isEmpty();
    }

    @Test
    void fatal_logRotatedMeanwhile_isReadFromItsBeginning(@TempDir Path folder) throws Exception {
        DataDirectory data = DataDirectory.open(folder);
        Files.writeString(data.serverLog(), "short\n");
        StartupLog log = StartupLog.from(data);

        Files.move(data.serverLog(), folder.resolve("rotated"));
        Files.writeString(data.serverLog(), "Exception while loading the app : today\n");

        assertThat(log.fatal()).contains("Exception while loading the app : today");
    }
}
