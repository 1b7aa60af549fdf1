package com.claudemesh.ws;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.mesh.Authorization;
import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.mesh.Permission;
import com.claudemesh.mesh.Requirement;
import com.claudemesh.platform.Settings;
import com.claudemesh.presence.PeerRegistry;
import com.claudemesh.protocol.frame.ApiKeyList;
import com.claudemesh.protocol.frame.Ban;
import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.protocol.frame.Disconnect;
import com.claudemesh.protocol.frame.Hello;
import com.claudemesh.protocol.frame.Kick;
import com.claudemesh.protocol.frame.ListDeadLetters;
import com.claudemesh.protocol.frame.Send;
import com.claudemesh.protocol.frame.SessionHello;
import com.claudemesh.protocol.frame.Unban;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What each verb of the socket requires (wire protocol §1.11); who meets a requirement is the Authorization's own test. */
class VerbsTest {
    private static final Map<Class<? extends ClientFrame>, Requirement> MORE_THAN_MEMBERSHIP = Map.of(
            Send.class, Permission.SEND,
            ListDeadLetters.class, Requirement.ADMIN,
            Kick.class, Requirement.ADMIN,
            Disconnect.class, Requirement.ADMIN,
            Ban.class, Requirement.ADMIN,
            Unban.class, Requirement.ADMIN,
            ApiKeyList.class, Requirement.ADMIN);

    @Test
    void verbs_all_requireWhatTheProtocolSays() {
        Map<Class<?>, Requirement> expected = new HashMap<>();
        for (Class<?> verb : ClientFrame.class.getPermittedSubclasses()) {
            if (verb != Hello.class && verb != SessionHello.class) {
                expected.put(verb, MORE_THAN_MEMBERSHIP.getOrDefault(verb, Requirement.MEMBER));
            }
        }

        assertThat(dispatcher().requirements()).containsExactlyInAnyOrderEntriesOf(expected);
    }

    private static Dispatcher dispatcher() {
        Settings settings = Settings.from(
                name -> name.equals("BROKER_ENCRYPTION_KEY") ? Optional.of("0".repeat(64)) : Optional.empty());
        MeshDirectory directory = new MeshDirectory(id -> Optional.empty(), Clock.systemUTC());
        Dispatcher dispatcher = new Dispatcher(new Authorization(directory));
        List.of(
                        new MessagingFrames(null),
                        new ModerationFrames(null, null, directory),
                        new PresenceFrames(null, null),
                        new GrantFrames(null, directory, settings),
                        new AuditFrames(null, directory, settings),
                        new ApiKeyFrames(null, new Authorization(directory)),
                        new TopicFrames(null, settings),
                        new MeshInfoFrames(new PeerRegistry(), List.of()))
                .forEach(handlers -> handlers.register(dispatcher));
        return dispatcher;
    }
}
