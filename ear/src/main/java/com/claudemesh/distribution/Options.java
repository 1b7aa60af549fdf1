package com.claudemesh.distribution;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The command line.
 *
 * @param data absolute
 * @param withLog whether a foreground start also prints the server's log
 */
record Options(Verb verb, int port, Path data, boolean detach, boolean json, boolean withLog) {
    static final String USAGE = """
            usage: ./run [start] [--port N] [--data DIR] [--detach] [--with-log]
                   ./run status [--json] | stop | logs | help   [--data DIR]

              --port N     HTTP and WebSocket port on loopback (default 7900)
              --data DIR   everything that must survive (default ./data)
              --detach     return once the server is ready; stop it with ./run stop
              --with-log   also print the server's log
            """;

    private static final int DEFAULT_PORT = 7900;
    private static final int MAX_PORT = 65_535;

    enum Verb {
        START,
        STATUS,
        STOP,
        LOGS,
        HELP
    }

    static Options parse(List<String> arguments) {
        return new Parser(arguments).parse();
    }

    private static final class Parser {
        private final Deque<String> rest = new ArrayDeque<>();
        private Verb verb = Verb.START;
        private boolean verbGiven;
        private int port = DEFAULT_PORT;
        private Path data = Path.of("data");
        private boolean detach;
        private boolean json;
        private boolean withLog;

        Parser(List<String> arguments) {
            for (String argument : arguments) {
                int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
                if (equals > 0) {
                    rest.add(argument.substring(0, equals));
                    rest.add(argument.substring(equals + 1));
                } else {
                    rest.add(argument);
                }
            }
        }

        Options parse() {
            while (!rest.isEmpty()) {
                accept(rest.remove());
            }
            if (json && verb != Verb.STATUS) {
                throw wrong("--json belongs to status");
            }
            if ((detach || withLog) && verb != Verb.START) {
                throw wrong("--detach and --with-log belong to a start");
            }
            return new Options(verb, port, data.toAbsolutePath().normalize(), detach, json, withLog);
        }

        private void accept(String argument) {
            switch (argument) {
                case "--port" -> port = port(value("--port"));
                case "--data" -> data = directory(value("--data"));
                case "--detach" -> detach = true;
                case "--json" -> json = true;
                case "--with-log" -> withLog = true;
                case "--help", "-h" -> setVerb(Verb.HELP);
                case "start" -> setVerb(Verb.START);
                case "status" -> setVerb(Verb.STATUS);
                case "stop" -> setVerb(Verb.STOP);
                case "logs" -> setVerb(Verb.LOGS);
                case "help" -> setVerb(Verb.HELP);
                default -> throw wrong("unknown argument " + argument);
            }
        }

        private void setVerb(Verb given) {
            if (verbGiven && given != Verb.HELP) {
                throw wrong("one verb at a time");
            }
            verb = given;
            verbGiven = true;
        }

        private String value(String option) {
            String value = rest.poll();
            if (value == null || value.isEmpty()) {
                throw wrong(option + " needs a value");
            }
            return value;
        }

        private static Path directory(String text) {
            try {
                return Path.of(text);
            } catch (java.nio.file.InvalidPathException e) {
                throw wrong("--data is not a path");
            }
        }

        private static int port(String text) {
            try {
                int number = Integer.parseInt(text);
                if (number >= 1 && number <= MAX_PORT) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Reported below, with the bounds.
            }
            throw wrong("--port must be a whole number from 1 to " + MAX_PORT);
        }

        private static Refusal wrong(String problem) {
            return new Refusal(problem + "; ./run help says more", Refusal.USAGE);
        }
    }
}
