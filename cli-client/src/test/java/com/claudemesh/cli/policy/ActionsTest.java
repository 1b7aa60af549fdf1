package com.claudemesh.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.Verbs;
import com.claudemesh.cli.grammar.ArgumentGrammar;
import com.claudemesh.cli.grammar.Invocation;
import com.claudemesh.cli.grammar.Verb;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActionsTest {

    private static Optional<Action> action(String line) {
        Invocation invocation = ArgumentGrammar.read(List.of(line.split(" ")));
        return Actions.of(Verbs.find(invocation.words()).orElseThrow(), invocation);
    }

    @ParameterizedTest
    @CsvSource({
        "peers, peer, list, false",
        "peer list, peer, list, false",
        "kick bob, peer, kick, true",
        "peer ban bob, peer, ban, true",
        "peer verify bob, peer, verify, false",
        "send bob hi, message, send, true",
        "inbox, message, inbox, false",
        "msg-status x, message, status, false",
        "profile, profile, view, false",
        "profile --role-tag x, profile, set, true",
        "summary text, profile, summary, true",
        "status set idle, profile, status, true",
        "group join @a, group, join, true",
        "apikey create ci, apikey, create, true",
        "apikey list, apikey, list, false",
        "create crew, mesh, create, true",
        "rm crew, mesh, delete, true",
        "slug a b, mesh, rename, true",
        "share, mesh, share, true",
        "info, mesh, info, false",
        "grant bob dm, grant, grant, true",
        "grants, grant, list, false",
        "members, member, list, false",
        "member role bob admin, member, role, true",
        "audit list, audit, list, false",
        "topic create ops, topic, create, true",
        "topic post ops hi, topic, post, true",
        "topic invite ops bob, topic, invite, true",
        "topic archive ops, topic, archive, true",
        "topic encrypt ops, topic, encrypt, true",
        "topic read ops, topic, read, false",
        "topic tail ops, topic, tail, false",
        "notifications, notification, list, false",
        "me topics, me, topics, false",
        "bridge run x, bridge, run, true",
        "bridge init, bridge, init, false",
    })
    void of_verb_isWhatTheReferenceSays(String line, String resource, String verb, boolean changes) {
        assertThat(action(line)).contains(new Action(resource, verb, changes));
    }

    @Test
    void of_verbsThatAreNeverAskedAbout_areTheseAndNoOthers() {
        Set<String> free = Verbs.forPeople().stream()
                .filter(verb -> Actions.of(
                                verb, ArgumentGrammar.read(List.of(verb.name().split(" "))))
                        .isEmpty())
                .map(Verb::name)
                .collect(Collectors.toSet());

        assertThat(free)
                .containsExactlyInAnyOrder(
                        "launch",
                        "login",
                        "register",
                        "logout",
                        "whoami",
                        "install",
                        "uninstall",
                        "doctor",
                        "sync",
                        "status-line",
                        "list",
                        "status",
                        "mcp",
                        "hook",
                        "policy show",
                        "policy check",
                        "policy log",
                        "policy edit");
    }
}
