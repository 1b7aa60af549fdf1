package com.claudemesh.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.claudemesh.mesh.Authorization;
import com.claudemesh.mesh.Grants;
import com.claudemesh.mesh.MemberView;
import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.mesh.MeshView;
import com.claudemesh.mesh.Requirement;
import com.claudemesh.mesh.Role;
import com.claudemesh.presence.Peer;
import com.claudemesh.protocol.frame.Ack;
import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.protocol.frame.HelloAck;
import com.claudemesh.protocol.frame.Kick;
import com.claudemesh.protocol.frame.ListBans;
import com.claudemesh.protocol.frame.ListBansResult;
import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.protocol.frame.Send;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DispatcherTest {
    private static final Kick KICK = new Kick(true, null, null);

    private final List<String> replies = new ArrayList<>();
    private final List<String> handled = new ArrayList<>();
    private final Peer peer = TestPeer.of("mesh", "ann", List.of());

    @Test
    void dispatch_memberAsksForAnAdministratorsOperation_isForbiddenAndNotHandled() {
        dispatch(dispatcher(Role.MEMBER, false), KICK, "r1");

        assertThat(replies)
                .containsExactly("{\"type\":\"error\",\"code\":\"forbidden\","
                        + "\"message\":\"you may not do this in this mesh\",\"_reqId\":\"r1\"}");
        assertThat(handled).isEmpty();
    }

    @Test
    void dispatch_administrator_isServed() {
        dispatch(dispatcher(Role.ADMIN, false), KICK, null);

        assertThat(handled).containsExactly("kick");
    }

    @Test
    void dispatch_everybodysOperation_needsNoRole() {
        dispatch(dispatcher(Role.MEMBER, false), new ListBans(), "r2");

        assertThat(replies).containsExactly("{\"type\":\"list_bans_result\",\"bans\":[],\"_reqId\":\"r2\"}");
    }

    @Test
    void dispatch_bannedMember_mayDoNothingMore() {
        Dispatcher dispatcher = dispatcher(Role.ADMIN, true);

        dispatch(dispatcher, new ListBans(), null);
        dispatch(dispatcher, KICK, null);
        dispatch(dispatcher, Send.of("7", "*", Priority.NOW, "", "x"), "r3");

        assertThat(replies.subList(0, 2)).allMatch(reply -> reply.contains("\"code\":\"forbidden\""));
        assertThat(replies.get(2))
                .isEqualTo("{\"type\":\"ack\",\"id\":\"7\",\"messageId\":\"\",\"queued\":false,"
                        + "\"error\":\"forbidden: you may not do this in this mesh\"}");
        assertThat(handled).isEmpty();
    }

    @Test
    void on_sameTypeTwice_isRefused() {
        Dispatcher dispatcher = dispatcher(Role.ADMIN, false);

        assertThatThrownBy(() -> dispatcher.on(Kick.class, (frame, asking) -> Reply.Silent.SILENT))
                .isInstanceOf(IllegalStateException.class);
    }

    private void dispatch(Dispatcher dispatcher, ClientFrame frame, String requestId) {
        dispatcher.dispatch(frame, requestId, peer, new ReplySequence(replies::add));
    }

    private Dispatcher dispatcher(Role role, boolean revoked) {
        MeshView mesh = new MeshView(
                "mesh", "mesh", "Mesh", "", new HelloAck.SelfEditable(true, true, true, true), null, false);
        MemberView member = new MemberView(
                peer.memberId(),
                "mesh",
                peer.identity().memberPublicKey(),
                "ann",
                role,
                false,
                null,
                List.of(),
                "push",
                revoked,
                Grants.NONE,
                null,
                false,
                null);
        MeshDirectory directory = new MeshDirectory(
                id -> Optional.of(new MeshDirectory.Snapshot(mesh, List.of(member))), Clock.systemUTC());
        Dispatcher dispatcher = new Dispatcher(new Authorization(directory));
        dispatcher.on(Kick.class, Requirement.ADMIN, (frame, asking) -> {
            handled.add("kick");
            return Reply.Silent.SILENT;
        });
        dispatcher.on(ListBans.class, (frame, asking) -> new Reply.Now(new ListBansResult(List.of())));
        dispatcher.on(Send.class, (frame, asking) -> {
            handled.add("send");
            return new Reply.Now(Ack.stored(frame.id(), "m", null));
        });
        return dispatcher;
    }
}
