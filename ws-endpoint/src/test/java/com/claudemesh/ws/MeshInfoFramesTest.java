package com.claudemesh.ws;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.mesh.MeshFacts;
import com.claudemesh.presence.Peer;
import com.claudemesh.presence.PeerRegistry;
import com.claudemesh.protocol.frame.Capability;
import com.claudemesh.protocol.frame.GroupLabel;
import com.claudemesh.protocol.frame.MeshInfoResult;
import com.claudemesh.protocol.frame.MeshInfoResult.Tasks;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Wire protocol §2.15. */
class MeshInfoFramesTest {
    private final PeerRegistry registry = new PeerRegistry();
    private final Peer asking = connect("mesh", "ann", List.of(label("backend"), label("all-hands")));

    @Test
    void meshInfo_noComponentHasAnything_saysSo() {
        MeshInfoResult result = ask(List.of());

        assertThat(result)
                .isEqualTo(new MeshInfoResult(
                        "mesh",
                        1,
                        List.of("@all-hands", "@backend"),
                        List.of(),
                        0,
                        0,
                        Tasks.NONE,
                        List.of(),
                        List.of(),
                        List.of(),
                        "ann",
                        asking.groups()));
    }

    @Test
    void meshInfo_peersOfThisMesh_areCountedAndTheirGroupsListedOnce() {
        connect("mesh", "bob", List.of(label("backend"), label("night")));
        connect("mesh", "one-shot", List.of(label("hidden")), Capability.NO_PUSH);
        connect("other", "eve", List.of(label("evil")));

        MeshInfoResult result = ask(List.of());

        assertThat(result.peers()).isEqualTo(2);
        assertThat(result.groups()).containsExactly("@all-hands", "@backend", "@night");
    }

    @Test
    void meshInfo_severalComponents_areAddedUp() {
        MeshFacts state = new MeshFacts() {
            @Override
            public List<String> stateKeys(String meshId) {
                return List.of(meshId + "-key");
            }

            @Override
            public Tasks tasks(String meshId) {
                return new Tasks(1, 2, 3);
            }
        };
        MeshFacts rest = new MeshFacts() {
            @Override
            public long memoryCount(String meshId) {
                return 4;
            }

            @Override
            public Tasks tasks(String meshId) {
                return new Tasks(10, 20, 30);
            }
        };

        MeshInfoResult result = ask(List.of(state, rest));

        assertThat(result.stateKeys()).containsExactly("mesh-key");
        assertThat(result.memoryCount()).isEqualTo(4);
        assertThat(result.tasks()).isEqualTo(new Tasks(11, 22, 33));
    }

    private MeshInfoResult ask(List<MeshFacts> components) {
        return new MeshInfoFrames(registry, components).meshInfo(asking);
    }

    private Peer connect(String mesh, String name, List<GroupLabel> groups, String... capabilities) {
        Peer peer = TestPeer.of(mesh, name, groups, capabilities);
        registry.add(peer, 10);
        return peer;
    }

    private static GroupLabel label(String name) {
        return new GroupLabel(name, null);
    }
}
