package com.claudemesh.cli;

import com.claudemesh.cli.account.LoginCommand;
import com.claudemesh.cli.account.LogoutCommand;
import com.claudemesh.cli.account.RegisterCommand;
import com.claudemesh.cli.account.WhoamiCommand;
import com.claudemesh.cli.apikey.ApiKeyCreateCommand;
import com.claudemesh.cli.apikey.ApiKeyListCommand;
import com.claudemesh.cli.apikey.ApiKeyRevokeCommand;
import com.claudemesh.cli.audit.AuditExportCommand;
import com.claudemesh.cli.audit.AuditListCommand;
import com.claudemesh.cli.audit.AuditVerifyCommand;
import com.claudemesh.cli.diagnostic.DoctorCommand;
import com.claudemesh.cli.diagnostic.InfoCommand;
import com.claudemesh.cli.diagnostic.PingCommand;
import com.claudemesh.cli.diagnostic.StatusCommand;
import com.claudemesh.cli.grammar.Verb;
import com.claudemesh.cli.grant.BlockCommand;
import com.claudemesh.cli.grant.GrantCommand;
import com.claudemesh.cli.grant.GrantsCommand;
import com.claudemesh.cli.grant.GrantsResetCommand;
import com.claudemesh.cli.grant.RevokeCommand;
import com.claudemesh.cli.invite.InvitationDeclineCommand;
import com.claudemesh.cli.invite.InvitationRevokeCommand;
import com.claudemesh.cli.invite.InvitationsCommand;
import com.claudemesh.cli.invite.ShareCommand;
import com.claudemesh.cli.launch.LaunchCommand;
import com.claudemesh.cli.mcp.McpCommand;
import com.claudemesh.cli.member.MemberListCommand;
import com.claudemesh.cli.member.MemberPermissionChange;
import com.claudemesh.cli.member.MemberPermissionsCommand;
import com.claudemesh.cli.member.MemberRoleCommand;
import com.claudemesh.cli.member.ProfileCommand;
import com.claudemesh.cli.member.TransferCommand;
import com.claudemesh.cli.mesh.CreateCommand;
import com.claudemesh.cli.mesh.DeleteCommand;
import com.claudemesh.cli.mesh.JoinCommand;
import com.claudemesh.cli.mesh.LeaveCommand;
import com.claudemesh.cli.mesh.ListCommand;
import com.claudemesh.cli.mesh.RenameCommand;
import com.claudemesh.cli.mesh.SlugCommand;
import com.claudemesh.cli.mesh.SyncCommand;
import com.claudemesh.cli.message.DeadLettersCommand;
import com.claudemesh.cli.message.InboxCommand;
import com.claudemesh.cli.message.InboxDeleteCommand;
import com.claudemesh.cli.message.InboxFlushCommand;
import com.claudemesh.cli.message.MessageStatusCommand;
import com.claudemesh.cli.message.SendCommand;
import com.claudemesh.cli.moderation.BanCommand;
import com.claudemesh.cli.moderation.BansCommand;
import com.claudemesh.cli.moderation.DisconnectCommand;
import com.claudemesh.cli.moderation.KickCommand;
import com.claudemesh.cli.moderation.UnbanCommand;
import com.claudemesh.cli.peer.PeersCommand;
import com.claudemesh.cli.peer.VerifyCommand;
import com.claudemesh.cli.presence.GroupJoinCommand;
import com.claudemesh.cli.presence.GroupLeaveCommand;
import com.claudemesh.cli.presence.StatusSetCommand;
import com.claudemesh.cli.presence.SummaryCommand;
import com.claudemesh.cli.presence.VisibleCommand;
import com.claudemesh.cli.setup.HookCommand;
import com.claudemesh.cli.setup.InstallCommand;
import com.claudemesh.cli.setup.StatusLineCommand;
import com.claudemesh.cli.setup.UninstallCommand;
import com.claudemesh.cli.setup.WarmUpCommand;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All verbs. The commands behind them are only loaded when they run. */
public final class Verbs {
    private static final Set<String> NOUNS = Set.of(
            "mesh", "workspace", "peer", "message", "group", "profile", "audit", "apikey", "member", "invitation");

    private static final List<Verb> USER_VERBS = List.of(
            new Verb(
                    "join",
                    List.of("add", "mesh join", "mesh add", "workspace join", "workspace add"),
                    "join a mesh by invitation link, code or token",
                    false,
                    JoinCommand::new),
            new Verb(
                    "create",
                    List.of("new", "mesh create", "mesh new", "workspace create", "workspace new"),
                    "make a mesh",
                    false,
                    CreateCommand::new),
            new Verb(
                    "list",
                    List.of("ls", "mesh list", "mesh ls", "workspace list", "workspace ls"),
                    "joined meshes, and those of the account",
                    true,
                    ListCommand::new),
            new Verb(
                    "share",
                    List.of("invite", "mesh share", "mesh invite", "workspace share", "workspace invite"),
                    "invite somebody",
                    false,
                    ShareCommand::new),
            new Verb(
                    "invitations",
                    List.of("invitation list", "invite list"),
                    "invitations made, or waiting",
                    true,
                    InvitationsCommand::new),
            new Verb(
                    "invitation revoke",
                    List.of("invite revoke"),
                    "withdraw an invitation",
                    false,
                    InvitationRevokeCommand::new),
            new Verb(
                    "invitation decline",
                    List.of("invite decline"),
                    "decline an invitation",
                    false,
                    InvitationDeclineCommand::new),
            new Verb("sync", List.of("mesh sync"), "join the meshes of the account here", false, SyncCommand::new),
            new Verb(
                    "rename",
                    List.of("mesh rename", "workspace rename"),
                    "give a mesh another name",
                    false,
                    RenameCommand::new),
            new Verb("slug", List.of("mesh slug", "workspace slug"), "change a slug", false, SlugCommand::new),
            new Verb(
                    "delete",
                    List.of("rm", "mesh delete", "mesh rm", "workspace delete", "workspace rm"),
                    "forget a mesh, or archive it for everybody",
                    false,
                    DeleteCommand::new),
            new Verb("leave", List.of("mesh leave", "workspace leave"), "leave a mesh", false, LeaveCommand::new),
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
                    false,
                    LaunchCommand::new),
            new Verb("peers", List.of("peer list"), "who is connected", true, PeersCommand::new),
            new Verb("send", List.of("message send"), "send a message", false, SendCommand::new),
            new Verb("inbox", List.of("message inbox"), "received messages", true, InboxCommand::new),
            new Verb("inbox flush", List.of(), "delete received messages", false, InboxFlushCommand::new),
            new Verb("inbox delete", List.of("inbox rm"), "delete a message", false, InboxDeleteCommand::new),
            new Verb("message status", List.of("msg-status"), "who has a message", false, MessageStatusCommand::new),
            new Verb(
                    "dead-letters",
                    List.of("message dead-letters"),
                    "messages that never arrived, for administrators",
                    true,
                    DeadLettersCommand::new),
            new Verb("status set", List.of(), "how busy this session is", false, StatusSetCommand::new),
            new Verb("summary", List.of("profile summary"), "what this session works on", false, SummaryCommand::new),
            new Verb("visible", List.of("profile visible"), "show or hide this session", false, VisibleCommand::new),
            new Verb("group join", List.of(), "put this session into a group", false, GroupJoinCommand::new),
            new Verb("group leave", List.of(), "take this session out of a group", false, GroupLeaveCommand::new),
            new Verb("grant", List.of("peer grant"), "let a peer do more", false, GrantCommand::new),
            new Verb("revoke", List.of("peer revoke"), "let a peer do less", false, RevokeCommand::new),
            new Verb("block", List.of("peer block"), "let a peer do nothing", false, BlockCommand::new),
            new Verb("grants", List.of("peer grants"), "what peers may do", true, GrantsCommand::new),
            new Verb("grants reset", List.of(), "let a peer do what everybody may", false, GrantsResetCommand::new),
            new Verb("kick", List.of("peer kick"), "end connections for good", false, KickCommand::new),
            new Verb(
                    "disconnect",
                    List.of("peer disconnect"),
                    "end connections that come back",
                    false,
                    DisconnectCommand::new),
            new Verb("ban", List.of("peer ban"), "shut a member out", false, BanCommand::new),
            new Verb("unban", List.of("peer unban"), "let a member in again", false, UnbanCommand::new),
            new Verb("peer verify", List.of("verify"), "compare keys aloud", false, VerifyCommand::new),
            new Verb("bans", List.of("peer bans"), "who is shut out", true, BansCommand::new),
            new Verb("member list", List.of("members"), "everybody in a mesh", true, MemberListCommand::new),
            new Verb("member role", List.of(), "make somebody administrator", false, MemberRoleCommand::new),
            new Verb("member permissions", List.of(), "what members may do", true, MemberPermissionsCommand::new),
            new Verb("member allow", List.of(), "let a member do more", false, MemberPermissionChange::allow),
            new Verb("member deny", List.of(), "let a member do less", false, MemberPermissionChange::deny),
            new Verb("member transfer", List.of(), "hand a mesh over", false, TransferCommand::new),
            new Verb("profile", List.of(), "how a member is listed", true, ProfileCommand::new),
            new Verb("audit list", List.of(), "what happened in a mesh", true, AuditListCommand::new),
            new Verb("audit verify", List.of(), "check the record of events", true, AuditVerifyCommand::new),
            new Verb("audit export", List.of(), "copy the record of events", true, AuditExportCommand::new),
            new Verb("apikey create", List.of("api-key create"), "make a REST key", false, ApiKeyCreateCommand::new),
            new Verb("apikey list", List.of("api-key list"), "REST keys of a mesh", true, ApiKeyListCommand::new),
            new Verb("apikey revoke", List.of("api-key revoke"), "end a REST key", false, ApiKeyRevokeCommand::new),
            new Verb("info", List.of("mesh info", "workspace info"), "overview of a mesh", true, InfoCommand::new),
            new Verb("ping", List.of("mesh ping"), "how soon the server answers", true, PingCommand::new),
            new Verb("status", List.of(), "are the servers of the joined meshes reachable", true, StatusCommand::new),
            new Verb("doctor", List.of(), "check this installation", false, DoctorCommand::new),
            new Verb("login", List.of(), "sign in at a server", false, LoginCommand::new),
            new Verb("register", List.of(), "make an account at a server", false, RegisterCommand::new),
            new Verb("logout", List.of(), "sign out", false, LogoutCommand::new),
            new Verb("whoami", List.of(), "who is signed in", true, WhoamiCommand::new),
            new Verb("install", List.of(), "register with Claude Code", false, InstallCommand::new),
            new Verb("uninstall", List.of(), "undo install", false, UninstallCommand::new),
            new Verb("mcp", List.of(), "MCP server, started by Claude Code", false, McpCommand::new),
            new Verb("hook", List.of(), "status hook, started by Claude Code", false, HookCommand::new),
            new Verb(
                    "status-line", List.of(), "one line for Claude Code's status line", false, StatusLineCommand::new));

    private static final List<Verb> INTERNAL_VERBS =
            List.of(new Verb("warm-up", List.of(), "load what usual verbs load", false, WarmUpCommand::new));

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
