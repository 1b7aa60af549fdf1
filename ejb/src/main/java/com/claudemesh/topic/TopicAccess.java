package com.claudemesh.topic;

import com.claudemesh.mesh.MemberView;
import com.claudemesh.mesh.MeshDirectory;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Who may see and do what in topics, from memory. Safe for any thread. */
final class TopicAccess {
    private final TopicDirectory topics;
    private final MeshDirectory meshes;

    TopicAccess(TopicDirectory topics, MeshDirectory meshes) {
        this.topics = topics;
        this.meshes = meshes;
    }

    /** The caller, while it is a member of a live mesh. */
    Optional<MemberView> member(TopicCaller caller) {
        return meshes.mesh(caller.meshId())
                .flatMap(mesh -> meshes.memberById(caller.meshId(), caller.memberId()))
                .filter(member -> !member.revoked());
    }

    /** A topic by id or name, with or without {@code #}, if the caller may see it. */
    Optional<TopicView> visible(TopicCaller caller, String idOrName) {
        String bare = idOrName.startsWith("#") ? idOrName.substring(1) : idOrName;
        return topics.find(caller.meshId(), bare).filter(topic -> sees(caller, topic));
    }

    Optional<TopicView> visibleByName(TopicCaller caller, String name) {
        return topics.findByName(caller.meshId(), name).filter(topic -> sees(caller, topic));
    }

    List<TopicView> allVisible(TopicCaller caller) {
        Optional<MemberView> member = member(caller);
        return member.isEmpty()
                ? List.of()
                : topics.all(caller.meshId()).stream()
                        .filter(topic -> sees(member.get(), topic))
                        .toList();
    }

    boolean sees(TopicCaller caller, TopicView topic) {
        return member(caller).filter(member -> sees(member, topic)).isPresent();
    }

    private static boolean sees(MemberView member, TopicView topic) {
        return topic.isPublic() || topic.has(member.memberId()) || member.administers();
    }

    boolean administers(TopicCaller caller) {
        return member(caller).filter(MemberView::administers).isPresent();
    }

    /** Ids of the mesh's members that can connect. */
    Set<String> active(String meshId) {
        return meshes.activeMembers(meshId).stream().map(MemberView::memberId).collect(Collectors.toSet());
    }

    List<MemberView> activeMembers(String meshId) {
        return meshes.activeMembers(meshId);
    }

    /** A member that can connect, by id or key. */
    Optional<MemberView> named(String meshId, String memberIdOrKey) {
        return meshes.memberById(meshId, memberIdOrKey)
                .or(() -> meshes.memberByKey(meshId, memberIdOrKey))
                .filter(member -> !member.revoked() && !member.keyless());
    }
}
