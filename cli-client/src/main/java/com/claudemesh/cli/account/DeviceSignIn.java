package com.claudemesh.cli.account;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.api.ApiAnswer;
import com.claudemesh.cli.api.ApiClient;
import com.claudemesh.cli.config.AccountUser;
import com.claudemesh.cli.io.TypedLines;
import com.claudemesh.cli.io.Waiting;
import com.claudemesh.cli.output.Output;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;

/**
 * Signs in by a code that a person approves in a browser, on any machine (after RFC 8628). While it waits, a token that is
 * typed or piped in does as well.
 */
final class DeviceSignIn {
    static final Duration MAX_WAIT = Duration.ofMinutes(5);
    private static final Duration INTERVAL = Duration.ofMillis(1500);
    private static final Duration SLOWER = Duration.ofSeconds(5);
    private static final Duration MAX_INTERVAL = Duration.ofSeconds(30);
    private static final Duration LOOK_FOR_INPUT = Duration.ofMillis(100);

    private final ApiClient api;
    private final TypedLines lines;
    private final Waiting waiting;

    DeviceSignIn(ApiClient api, TypedLines lines, Waiting waiting) {
        this.api = api;
        this.lines = lines;
        this.waiting = waiting;
    }

    /** What the person needs to know. */
    record Started(String deviceCode, String userCode, String sessionId, String verificationUrl, String tokenUrl) {
        /** Where to approve; shows the code that must be the same as on the terminal. */
        String approvalUrl() {
            return verificationUrl + "?session=" + ApiClient.segment(sessionId);
        }

        /** Hides the device code, with which the token is fetched. */
        @Override
        public String toString() {
            return "Started[" + userCode + "]";
        }
    }

    /** How it ended well. */
    sealed interface Outcome {
        record Approved(String token, AccountUser user) implements Outcome {
            /** Shows no secret. */
            @Override
            public String toString() {
                return "Approved[" + user.id() + "]";
            }
        }

        record Typed(String token) implements Outcome {
            /** Shows no secret. */
            @Override
            public String toString() {
                return "Typed";
            }
        }
    }

    Started start(String hostname) {
        JsonNode body = api.post(
                        "/cli/device-code",
                        Output.object()
                                .put("hostname", hostname)
                                .put("platform", System.getProperty("os.name"))
                                .put("arch", System.getProperty("os.arch")))
                .orRefuse("begin to sign in")
                .body();
        Started started = new Started(
                body.path("device_code").asText(""),
                body.path("user_code").asText(""),
                body.path("session_id").asText(""),
                body.path("verification_url").asText(""),
                body.path("token_url").asText(""));
        boolean web = started.verificationUrl().matches("https?://\\S+");
        if (started.deviceCode().isEmpty() || started.userCode().isEmpty() || !web) {
            throw new CliException(
                    ExitCode.INTERNAL_ERROR,
                    "bad_answer",
                    "the server's answer is not understood",
                    "is it claudemesh?");
        }
        return started;
    }

    /** @throws CliException exit code 2 when it was denied, used by somebody else, or not approved in time */
    Outcome await(Started started) {
        Duration end = waiting.elapsed().plus(MAX_WAIT);
        Duration next = waiting.elapsed();
        Duration interval = INTERVAL;
        while (waiting.elapsed().compareTo(end) < 0) {
            Optional<String> typed = lines.poll().filter(AccountToken::plausible);
            if (typed.isPresent()) {
                return new Outcome.Typed(typed.get());
            }
            if (waiting.elapsed().compareTo(next) >= 0) {
                Poll poll = poll(started.deviceCode());
                if (poll instanceof Poll.Done done) {
                    return done.outcome();
                }
                interval = poll instanceof Poll.Later later ? later.after(interval) : INTERVAL;
                next = waiting.elapsed().plus(interval);
            }
            waiting.pause(LOOK_FOR_INPUT);
        }
        throw ended("sign_in_expired", "nobody approved the sign-in in time");
    }

    /** What one poll says. */
    private sealed interface Poll {
        record Done(Outcome outcome) implements Poll {}

        record Pending() implements Poll {}

        /** The server is busy or away: ask less often. */
        record Later(Duration more) implements Poll {
            Duration after(Duration interval) {
                Duration longer = interval.plus(more.compareTo(interval) > 0 ? more : interval);
                return longer.compareTo(MAX_INTERVAL) > 0 ? MAX_INTERVAL : longer;
            }
        }
    }

    private Poll poll(String deviceCode) {
        ApiAnswer answer;
        try {
            answer = api.get("/cli/device-code/" + ApiClient.segment(deviceCode));
        } catch (CliException failure) {
            if (failure.exitCode() == ExitCode.NETWORK_ERROR) {
                return new Poll.Later(Duration.ZERO);
            }
            throw failure;
        }
        if (answer.status() == 429) {
            return new Poll.Later(Duration.ofSeconds(answer.retryAfterSeconds().orElse(SLOWER.toSeconds())));
        }
        if (answer.status() >= 500) {
            return new Poll.Later(Duration.ZERO);
        }
        JsonNode body = answer.orRefuse("sign in").body();
        return switch (body.path("status").asText("")) {
            case "pending" -> new Poll.Pending();
            case "slow_down" -> new Poll.Later(SLOWER);
            case "approved" -> new Poll.Done(approved(body));
            case "denied" -> throw ended("sign_in_denied", "the sign-in was denied");
            case "consumed" -> throw ended("sign_in_consumed", "the sign-in was already used");
            default -> throw ended("sign_in_expired", "the code has expired");
        };
    }

    private static Outcome approved(JsonNode body) {
        String token = body.path("session_token").asText("");
        if (token.isEmpty()) {
            throw ended("bad_answer", "the server approved, but sent no token");
        }
        return new Outcome.Approved(token, AccountUser.of(body.path("user")));
    }

    private static CliException ended(String token, String message) {
        return new CliException(ExitCode.AUTHENTICATION_FAILED, token, message, "try again: claudemesh login");
    }
}
