package com.claudemesh.cli.policy;

import com.claudemesh.cli.grammar.Invocation;
import com.claudemesh.cli.grammar.Verb;
import java.util.Optional;
import java.util.Set;

/** What each verb is to the rules (CLI reference §6.4). */
final class Actions {
    /** Verbs of resources that are called what they do. */
    private static final Set<String> CHANGES = Set.of(
            "create",
            "send",
            "remember",
            "forget",
            "remind",
            "schedule",
            "summary",
            "visible",
            "status",
            "join",
            "leave",
            "kick",
            "ban",
            "unban",
            "disconnect",
            "delete",
            "flush",
            "rename",
            "share",
            "invite",
            "store",
            "publish",
            "execute",
            "set",
            "remove",
            "pause",
            "resume",
            "claim",
            "complete",
            "grant",
            "revoke",
            "block",
            "call",
            "add",
            "deploy",
            "undeploy",
            "update",
            "scope",
            "post",
            "publish-skill",
            "register",
            "role",
            "allow",
            "deny",
            "transfer",
            "decline",
            "reset",
            "run",
            "archive",
            "encrypt",
            "cancel");

    private static final Set<String> PROFILE_CHANGES = Set.of("--name", "--role-tag", "--groups", "--message-mode");

    private Actions() {}

    /** Empty for verbs that are never asked about: those of this machine, of the account, and those that programs start. */
    static Optional<Action> of(Verb verb, Invocation invocation) {
        return switch (verb.name()) {
            case "launch",
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
                    "warm-up",
                    "policy show",
                    "policy check",
                    "policy log",
                    "policy edit" -> Optional.empty();
            case "peers" -> Optional.of(Action.read("peer", "list"));
            case "bans" -> Optional.of(Action.read("peer", "bans"));
            case "kick", "disconnect", "ban", "unban" -> Optional.of(Action.change("peer", verb.name()));
            case "join", "create", "delete", "rename", "share", "leave" ->
                Optional.of(Action.change("mesh", verb.name()));
            case "slug" -> Optional.of(Action.change("mesh", "rename"));
            case "info", "ping" -> Optional.of(Action.read("mesh", verb.name()));
            case "invitations" -> Optional.of(Action.read("invitation", "list"));
            case "send" -> Optional.of(Action.change("message", "send"));
            case "inbox" -> Optional.of(Action.read("message", "inbox"));
            case "inbox flush", "inbox delete" -> Optional.of(Action.change("message", second(verb)));
            case "message status" -> Optional.of(Action.read("message", "status"));
            case "dead-letters" -> Optional.of(Action.read("message", "dead-letters"));
            case "status set" -> Optional.of(Action.change("profile", "status"));
            case "summary", "visible" -> Optional.of(Action.change("profile", verb.name()));
            case "profile" -> Optional.of(profile(invocation));
            case "grant", "revoke", "block" -> Optional.of(Action.change("grant", verb.name()));
            case "grants" -> Optional.of(Action.read("grant", "list"));
            case "grants reset" -> Optional.of(Action.change("grant", "reset"));
            default -> Optional.of(byName(verb));
        };
    }

    private static Action profile(Invocation invocation) {
        boolean changes = PROFILE_CHANGES.stream()
                .anyMatch(option -> invocation.value(option).isPresent());
        return changes ? Action.change("profile", "set") : Action.read("profile", "view");
    }

    private static Action byName(Verb verb) {
        String name = verb.name();
        int space = name.indexOf(' ');
        String action = space < 0 ? "list" : name.substring(space + 1);
        return new Action(space < 0 ? name : name.substring(0, space), action, CHANGES.contains(action));
    }

    private static String second(Verb verb) {
        return verb.name().substring(verb.name().indexOf(' ') + 1);
    }
}
