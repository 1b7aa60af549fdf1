package com.claudemesh.cli.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The command line of claude.
 *
 * @param sessionId what the session is known as; empty when claude itself finds the last one
 */
record ClaudeCommand(List<String> words, Optional<String> sessionId) {
    private static final String CHANNELS = "--dangerously-load-development-channels";
    private static final String SKIP_PERMISSIONS = "--dangerously-skip-permissions";
    private static final String OWN_CHANNEL = "server:claudemesh";

    static ClaudeCommand of(Path claude, LaunchOptions options, List<String> passthrough) {
        List<String> words = new ArrayList<>(List.of(claude.toString(), CHANNELS, OWN_CHANNEL));
        boolean fresh = options.resume == null && !options.continueLast;
        String freshId = UUID.randomUUID().toString();
        if (fresh) {
            words.addAll(List.of("--session-id", freshId));
        }
        if (options.resume != null) {
            words.addAll(List.of("--resume", options.resume));
        }
        if (options.continueLast) {
            words.add("--continue");
        }
        if (options.autonomous || passthrough.contains(SKIP_PERMISSIONS)) {
            words.add(SKIP_PERMISSIONS);
        }
        if (options.systemPrompt != null) {
            words.addAll(List.of("--system-prompt", options.systemPrompt));
        }
        words.addAll(withoutOwnFlags(passthrough));
        return new ClaudeCommand(
                List.copyOf(words), fresh ? Optional.of(freshId) : Optional.ofNullable(options.resume));
    }

    private static List<String> withoutOwnFlags(List<String> passthrough) {
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < passthrough.size(); i++) {
            String word = passthrough.get(i);
            if (word.equals(CHANNELS)) {
                i++;
            } else if (!word.equals(SKIP_PERMISSIONS) && !word.startsWith(CHANNELS + "=")) {
                kept.add(word);
            }
        }
        return kept;
    }
}
