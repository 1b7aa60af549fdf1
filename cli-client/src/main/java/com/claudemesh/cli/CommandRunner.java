package com.claudemesh.cli;

import com.claudemesh.cli.grammar.ArgumentGrammar;
import com.claudemesh.cli.grammar.InviteUrl;
import com.claudemesh.cli.grammar.Invocation;
import com.claudemesh.cli.grammar.NearestName;
import com.claudemesh.cli.grammar.Verb;
import com.claudemesh.cli.launch.AcceptsPassthrough;
import com.claudemesh.cli.launch.JoinAndLaunchCommand;
import com.claudemesh.cli.launch.LaunchCommand;
import com.claudemesh.cli.launch.WelcomeCommand;
import com.claudemesh.cli.output.Output;
import com.claudemesh.cli.output.OutputMode;
import com.claudemesh.cli.output.Projection;
import com.claudemesh.cli.policy.PolicyGate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Runs one command line and answers its exit code; never ends the process. */
public final class CommandRunner {
    private static final String HELP = "help";

    private final VerbServices services;
    private final Host host;

    public CommandRunner(VerbServices services) {
        this.services = services;
        this.host = services.host();
    }

    /** Runs the verb that the arguments name. Every failure is shown and becomes an exit code. */
    public int run(List<String> argv) {
        Invocation invocation = ArgumentGrammar.read(argv);
        if (invocation.version()) {
            host.out().println(Version.line());
            return ExitCode.SUCCESS;
        }
        try {
            return invocation.help() ? help(invocation) : execute(invocation);
        } catch (CliException failure) {
            output(invocation).failure(failure);
            return failure.exitCode();
        } catch (RuntimeException unexpected) {
            return fatal(invocation, unexpected);
        }
    }

    /** Of the verb that was typed, or of the one that follows {@code help}; of everything when there is none. */
    private int help(Invocation invocation) {
        boolean asked = invocation.words().equals(List.of(HELP));
        List<String> topic = asked ? invocation.positionals() : invocation.words();
        Optional<Verb> verb = Verbs.find(topic);
        if (asked && verb.isEmpty() && !topic.isEmpty() && !Verbs.isNoun(topic.get(0))) {
            throw unknown(topic);
        }
        host.out().print(verb.map(this::usage).orElseGet(Overview::text));
        return ExitCode.SUCCESS;
    }

    private String usage(Verb verb) {
        return commandLine(VerbCommands.make(verb, services), verb.name()).getUsageMessage(CommandLine.Help.Ansi.OFF);
    }

    private int execute(Invocation invocation) {
        List<String> words = invocation.words();
        if (words.isEmpty()) {
            boolean joined = !services.configFile().load().memberships().isEmpty();
            return parseAndCall(
                    joined ? new LaunchCommand(services) : new WelcomeCommand(services), "launch", invocation);
        }
        if (InviteUrl.matches(words.get(0))) {
            return parseAndCall(new JoinAndLaunchCommand(services, words.get(0)), "<invitation link>", invocation);
        }
        Verb verb = Verbs.find(words).orElseThrow(() -> unknown(words));
        Callable<Integer> command = VerbCommands.make(verb, services);
        parse(command, verb.name(), invocation);
        new PolicyGate(services).check(verb, invocation);
        return call(command);
    }

    private int parseAndCall(Callable<Integer> command, String name, Invocation invocation) {
        parse(command, name, invocation);
        return call(command);
    }

    private static void parse(Callable<Integer> command, String name, Invocation invocation) {
        List<String> arguments = invocation.arguments();
        if (arguments.isEmpty() && command instanceof RunsBare) {
            return;
        }
        CommandLine line = commandLine(command, name);
        if (command instanceof AcceptsPassthrough starter) {
            arguments = invocation.options();
            starter.passthrough(invocation.afterOptions());
        }
        try {
            line.parseArgs(arguments.toArray(String[]::new));
        } catch (ParameterException malformed) {
            throw CliException.invalid(malformed.getMessage(), "see: claudemesh " + name + " --help");
        }
    }

    private static int call(Callable<Integer> command) {
        try {
            return command.call();
        } catch (RuntimeException expected) {
            throw expected;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CliException(ExitCode.CANCELLED, "cancelled", "interrupted", "");
        } catch (Exception unexpected) {
            throw new IllegalStateException(unexpected.getMessage(), unexpected);
        }
    }

    private static CommandLine commandLine(Callable<Integer> command, String name) {
        return new CommandLine(command)
                .setCommandName("claudemesh " + name)
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUnmatchedOptionsArePositionalParams(false);
    }

    private static CliException unknown(List<String> words) {
        if (Verbs.isNoun(words.get(0))) {
            return CliException.invalid("usage: claudemesh " + words.get(0) + " <" + Verbs.verbsOf(words.get(0)) + ">");
        }
        String typed = words.get(0);
        String hint = NearestName.to(typed, Verbs.words())
                .map(name -> "did you mean: claudemesh " + name)
                .orElse("see: claudemesh --help");
        return new CliException(
                ExitCode.INVALID_ARGUMENTS, "unknown_command", "unknown command \"" + typed + "\", see --help", hint);
    }

    private int fatal(Invocation invocation, RuntimeException unexpected) {
        String message = "Fatal: "
                + Optional.ofNullable(unexpected.getMessage())
                        .orElse(unexpected.getClass().getSimpleName());
        output(invocation).failure(new CliException(ExitCode.INTERNAL_ERROR, "internal_error", message, ""));
        boolean debug = host.variable("CLAUDEMESH_DEBUG")
                .filter(value -> value.equals("1") || value.equals("true"))
                .isPresent();
        if (debug || invocation.debug()) {
            unexpected.printStackTrace(host.err());
        }
        return ExitCode.INTERNAL_ERROR;
    }

    private Output output(Invocation invocation) {
        return new Output(host, new OutputMode(invocation.json(), Projection.parse(""), false, false));
    }
}
