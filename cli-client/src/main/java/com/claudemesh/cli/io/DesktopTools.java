package com.claudemesh.cli.io;

import com.claudemesh.cli.Host;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The desktop's browser and clipboard, where there is a desktop. Both are a courtesy: nothing depends on them. */
public final class DesktopTools {
    private static final List<List<String>> BROWSERS =
            List.of(List.of("xdg-open"), List.of("open"), List.of("rundll32.exe", "url.dll,FileProtocolHandler"));
    private static final List<List<String>> CLIPBOARDS = List.of(
            List.of("pbcopy"), List.of("wl-copy"), List.of("xclip", "-selection", "clipboard"), List.of("clip.exe"));
    private static final int PATIENCE_SECONDS = 2;

    private final Host host;

    public DesktopTools(Host host) {
        this.host = host;
    }

    /** Shows an address in the browser, and says whether one was found to show it. */
    public boolean browse(String url) {
        List<List<String>> candidates = new ArrayList<>();
        host.variable("BROWSER").ifPresent(chosen -> candidates.add(List.of(chosen)));
        candidates.addAll(BROWSERS);
        return first(candidates).map(command -> start(with(command, url), "")).orElse(false);
    }

    /** Puts a text into the clipboard, and says whether that worked. */
    public boolean copy(String text) {
        return first(CLIPBOARDS).map(command -> start(command, text)).orElse(false);
    }

    private static List<String> with(List<String> command, String argument) {
        List<String> words = new ArrayList<>(command);
        words.add(argument);
        return words;
    }

    /** A program that fails at once has failed; one that goes on is at work. */
    private static boolean start(List<String> command, String input) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            return !process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() == 0;
        } catch (IOException unusable) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Optional<List<String>> first(List<List<String>> candidates) {
        return candidates.stream()
                .flatMap(command -> find(command.get(0))
                        .map(program -> {
                            List<String> found = new ArrayList<>(command);
                            found.set(0, program.toString());
                            return found;
                        })
                        .stream())
                .<List<String>>map(List::copyOf)
                .findFirst();
    }

    private Optional<Path> find(String program) {
        if (program.contains("/")) {
            return Optional.of(Path.of(program)).filter(Files::isExecutable);
        }
        return Arrays.stream(host.environment().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, program))
                .filter(Files::isRegularFile)
                .filter(Files::isExecutable)
                .findFirst();
    }
}
