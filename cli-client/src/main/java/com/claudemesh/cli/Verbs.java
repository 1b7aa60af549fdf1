package com.claudemesh.cli;

import com.claudemesh.cli.grammar.Verb;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All verbs. {@link VerbCommands} makes the commands behind them. */
public final class Verbs {
    private static final Set<String> NOUNS = Set.of(
            "mesh",
            "workspace",
            "peer",
            "message",
            "group",
            "profile",
            "audit",
            "apikey",
            "member",
            "invitation",
            "policy",
            "topic",
            "notification",
            "me",
            "bridge");

    private static final List<Verb> USER_VERBS = List.of(
            new Verb(
                    "join",
                    List.of("add", "mesh join", "mesh add", "workspace join", "workspace add"),
                    "join a mesh by invitation link, code or token",
                    false),
            new Verb(
                    "create",
                    List.of("new", "mesh create", "mesh new", "workspace create", "workspace new"),
                    "make a mesh",
                    false),
            new Verb(
                    "list",
                    List.of("ls", "mesh list", "mesh ls", "workspace list", "workspace ls"),
                    "joined meshes, and those of the account",
                    true),
            new Verb(
                    "share",
                    List.of("invite", "mesh share", "mesh invite", "workspace share", "workspace invite"),
                    "invite somebody",
                    false),
            new Verb("invitations", List.of("invitation list", "invite list"), "invitations made, or waiting", true),
            new Verb("invitation revoke", List.of("invite revoke"), "withdraw an invitation", false),
            new Verb("invitation decline", List.of("invite decline"), "decline an invitation", false),
            new Verb("sync", List.of("mesh sync"), "join the meshes of the account here", false),
            new Verb("rename", List.of("mesh rename", "workspace rename"), "give a mesh another name", false),
            new Verb("slug", List.of("mesh slug", "workspace slug"), "change a slug", false),
            new Verb(
                    "delete",
                    List.of("rm", "mesh delete", "mesh rm", "workspace delete", "workspace rm"),
                    "forget a mesh, or archive it for everybody",
                    false),
            new Verb("leave", List.of("mesh leave", "workspace leave"), "leave a mesh", false),
            new Verb(
                    "launch",
                    List.of(
                            "connect",
                            "mesh launch",
                            "mesh connect",
                            "workspace launch",
                            "workspace connect",
                            "workspace open"),
                    "start Claude Code as a peer of a mesh",
                    false),
            new Verb("peers", List.of("peer list"), "who is connected", true),
            new Verb("send", List.of("message send"), "send a message", false),
            new Verb("inbox", List.of("message inbox"), "received messages", true),
            new Verb("inbox flush", List.of(), "delete received messages", false),
            new Verb("inbox delete", List.of("inbox rm"), "delete a message", false),
            new Verb("message status", List.of("msg-status"), "who has a message", false),
            new Verb(
                    "dead-letters",
                    List.of("message dead-letters"),
                    "messages that never arrived, for administrators",
                    true),
            new Verb("status set", List.of(), "how busy this session is", false),
            new Verb("summary", List.of("profile summary"), "what this session works on", false),
            new Verb("visible", List.of("profile visible"), "show or hide this session", false),
            new Verb("group join", List.of(), "put this session into a group", false),
            new Verb("group leave", List.of(), "take this session out of a group", false),
            new Verb("grant", List.of("peer grant"), "let a peer do more", false),
            new Verb("revoke", List.of("peer revoke"), "let a peer do less", false),
            new Verb("block", List.of("peer block"), "let a peer do nothing", false),
            new Verb("grants", List.of("peer grants"), "what peers may do", true),
            new Verb("grants reset", List.of(), "let a peer do what everybody may", false),
            new Verb("kick", List.of("peer kick"), "end connections for good", false),
            new Verb("disconnect", List.of("peer disconnect"), "end connections that come back", false),
            new Verb("ban", List.of("peer ban"), "shut a member out", false),
            new Verb("unban", List.of("peer unban"), "let a member in again", false),
            new Verb("peer verify", List.of("verify"), "compare keys aloud", false),
            new Verb("bans", List.of("peer bans"), "who is shut out", true),
            new Verb("member list", List.of("members"), "everybody in a mesh", true),
            new Verb("member role", List.of(), "make somebody administrator", false),
            new Verb("member permissions", List.of(), "what members may do", true),
            new Verb("member allow", List.of(), "let a member do more", false),
            new Verb("member deny", List.of(), "let a member do less", false),
            new Verb("member transfer", List.of(), "hand a mesh over", false),
            new Verb("profile", List.of(), "how a member is listed", true),
            new Verb("audit list", List.of(), "what happened in a mesh", true),
            new Verb("audit verify", List.of(), "check the record of events", true),
            new Verb("audit export", List.of(), "copy the record of events", true),
            new Verb("apikey create", List.of("api-key create"), "make a REST key", false),
            new Verb("apikey list", List.of("api-key list"), "REST keys of a mesh", true),
            new Verb("apikey revoke", List.of("api-key revoke"), "end a REST key", false),
            new Verb("policy show", List.of(), "what verbs may do without asking", false),
            new Verb("policy check", List.of(), "what would happen to a verb", false),
            new Verb("policy log", List.of(), "what was decided", true),
            new Verb("policy edit", List.of(), "change your rules", false),
            new Verb("topic create", List.of(), "make a conversation", false),
            new Verb("topic list", List.of("topics"), "conversations of a mesh", true),
            new Verb("topic join", List.of(), "join a conversation", false),
            new Verb("topic leave", List.of(), "leave a conversation", false),
            new Verb("topic members", List.of(), "who is in a conversation", false),
            new Verb("topic history", List.of(), "what was posted", false),
            new Verb("topic read", List.of(), "count everything as read", false),
            new Verb("topic tail", List.of(), "show posts as they come", false),
            new Verb("topic post", List.of(), "post to a conversation", false),
            new Verb("topic invite", List.of(), "put somebody into a conversation", false),
            new Verb("topic archive", List.of(), "end a conversation", false),
            new Verb("topic search", List.of(), "search conversations", false),
            new Verb("topic encrypt", List.of(), "give a conversation its first key", false),
            new Verb("notification list", List.of("notifications", "notification"), "posts that mention you", true),
            new Verb("notification read", List.of("notifications read"), "count mentions as read", false),
            new Verb("me workspace", List.of("me", "me overview"), "all meshes of the account", true),
            new Verb("me topics", List.of(), "conversations of all meshes", true),
            new Verb("me notifications", List.of("me notifs"), "mentions in all meshes", true),
            new Verb("me activity", List.of(), "posts in all meshes", true),
            new Verb("me search", List.of(), "search all meshes", false),
            new Verb("bridge run", List.of(), "connect a topic of two meshes", false),
            new Verb("bridge init", List.of("bridge config"), "print a configuration to fill in", false),
            new Verb("info", List.of("mesh info", "workspace info"), "overview of a mesh", true),
            new Verb("ping", List.of("mesh ping"), "how soon the server answers", true),
            new Verb("status", List.of(), "are the servers of the joined meshes reachable", true),
            new Verb("doctor", List.of(), "check this installation", false),
            new Verb("login", List.of(), "sign in at a server", false),
            new Verb("register", List.of(), "make an account at a server", false),
            new Verb("logout", List.of(), "sign out", false),
            new Verb("whoami", List.of(), "who is signed in", true),
            new Verb("install", List.of(), "register with Claude Code", false),
            new Verb("uninstall", List.of(), "undo install", false),
            new Verb("mcp", List.of(), "MCP server, started by Claude Code", false),
            new Verb("hook", List.of(), "status hook, started by Claude Code", false),
            new Verb("status-line", List.of(), "one line for Claude Code's status line", false));

    private static final List<Verb> INTERNAL_VERBS =
            List.of(new Verb("warm-up", List.of(), "load what usual verbs load", false));

    private Verbs() {}

    /** The verb of one or two words. */
    public static Optional<Verb> find(List<String> words) {
        String spelling = String.join(" ", words);
        return Stream.concat(USER_VERBS.stream(), INTERNAL_VERBS.stream())
                .filter(verb -> verb.spellings().anyMatch(spelling::equals))
                .findFirst();
    }

    /** Whether the word only makes sense with a verb after it. */
    public static boolean isNoun(String word) {
        return NOUNS.contains(word);
    }

    /** The verbs of a noun, separated by bars. */
    static String verbsOf(String noun) {
        return USER_VERBS.stream()
                .flatMap(Verb::spellings)
                .filter(spelling -> spelling.startsWith(noun + " "))
                .map(spelling -> spelling.substring(noun.length() + 1))
                .collect(Collectors.joining("|"));
    }

    /** All first words, for suggestions. */
    static Set<String> words() {
        return USER_VERBS.stream()
                .flatMap(Verb::spellings)
                .map(spelling -> spelling.split(" ")[0])
                .collect(Collectors.toSet());
    }

    /** What people can do, in the order of the overview. */
    public static List<Verb> forPeople() {
        return USER_VERBS;
    }
}
