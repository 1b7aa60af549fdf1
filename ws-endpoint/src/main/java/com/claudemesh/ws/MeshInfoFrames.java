package com.claudemesh.ws;

import com.claudemesh.mesh.MeshFacts;
import com.claudemesh.presence.Peer;
import com.claudemesh.presence.PeerRegistry;
import com.claudemesh.protocol.frame.GroupLabel;
import com.claudemesh.protocol.frame.MeshInfo;
import com.claudemesh.protocol.frame.MeshInfoResult;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** {@code mesh_info}: what every component can say about the mesh, and who is there. */
@Dependent
public class MeshInfoFrames implements FrameHandlers {
    private final PeerRegistry registry;
    private final Iterable<MeshFacts> components;

    @Inject
    public MeshInfoFrames(PeerRegistry registry, Instance<MeshFacts> components) {
        this(registry, (Iterable<MeshFacts>) components);
    }

    MeshInfoFrames(PeerRegistry registry, Iterable<MeshFacts> components) {
        this.registry = registry;
        this.components = components;
    }

    @Override
    public void register(Dispatcher dispatcher) {
        dispatcher.on(MeshInfo.class, (frame, peer) -> new Reply.Now(meshInfo(peer)));
    }

    MeshInfoResult meshInfo(Peer peer) {
        String mesh = peer.meshId();
        List<MeshFacts> facts =
                StreamSupport.stream(components.spliterator(), false).toList();
        List<Peer> peers =
                registry.peersOf(mesh).stream().filter(Peer::receivesMessages).toList();
        return new MeshInfoResult(
                mesh,
                peers.size(),
                groups(peers),
                names(facts, one -> one.stateKeys(mesh)),
                facts.stream().mapToLong(one -> one.memoryCount(mesh)).sum(),
                facts.stream().mapToLong(one -> one.fileCount(mesh)).sum(),
                facts.stream()
                        .map(one -> one.tasks(mesh))
                        .reduce(MeshInfoResult.Tasks.NONE, MeshInfoResult.Tasks::plus),
                names(facts, one -> one.streams(mesh)),
                names(facts, one -> one.tables(mesh)),
                names(facts, one -> one.collections(mesh)),
                peer.identity().displayName(),
                peer.groups());
    }

    private static List<String> groups(List<Peer> peers) {
        return peers.stream()
                .flatMap(peer -> peer.groups().stream())
                .map(GroupLabel::name)
                .distinct()
                .sorted()
                .map(name -> "@" + name)
                .toList();
    }

    private static List<String> names(List<MeshFacts> facts, Function<MeshFacts, List<String>> source) {
        return facts.stream().flatMap(one -> source.apply(one).stream()).toList();
    }
}
