package com.claudemesh.distribution;

import java.io.IOException;
import java.util.List;

/** {@code ./run}: one verb, one line on failure. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        try {
            Options options = Options.parse(arguments);
            return switch (options.verb()) {
                case START -> options.detach() ? new DetachedStart(options).run() : new ForegroundStart(options).run();
                case STATUS -> new StatusVerb(options).run();
                case STOP -> new StopVerb(options).run();
                case LOGS -> LogView.follow(new DataDirectory(options.data()));
                case HELP -> {
                    System.out.print(Options.USAGE);
                    yield 0;
                }
            };
        } catch (Refusal e) {
            System.err.println("claudemesh: " + e.getMessage());
            return e.exitCode();
        } catch (IOException e) {
            System.err.println("claudemesh: " + e.getClass().getSimpleName() + ": " + e.getMessage());
            return Refusal.FAILED;
        }
    }
}
