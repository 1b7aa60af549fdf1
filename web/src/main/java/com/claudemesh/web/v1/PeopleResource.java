package com.claudemesh.web.v1;

import com.claudemesh.identity.apikey.ApiKeys;
import com.claudemesh.mesh.MemberView;
import com.claudemesh.mesh.Members;
import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.presence.Peer;
import com.claudemesh.presence.WireTime;
import com.claudemesh.protocol.frame.ApiKeyCapability;
import com.claudemesh.web.Answer;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.Requires;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code GET /members} and {@code GET /peers}: who is in the mesh, and who is there now (http §5.4). */
@Path("/api/v1")
@RequestScoped
@Requires(Access.API_KEY)
public class PeopleResource {
    private static final Duration RECENT_KEY_USE = Duration.ofMinutes(5);

    @Inject
    private CurrentKey key;

    @Inject
    private MeshDirectory directory;

    @Inject
    private Members members;

    @Inject
    private LivePeers live;

    @Inject
    private ApiKeys keys;

    @Inject
    private Clock clock;

    @GET
    @Path("/members")
    @Needs(ApiKeyCapability.READ)
    public Response members() {
        Map<String, Instant> joined = members.joinTimes(key.meshId());
        Map<String, Peer> newest = live.newestByMember(key.meshId());
        List<Map<String, Object>> listed = directory.currentMembers(key.meshId()).stream()
                .filter(member -> joined.containsKey(member.memberId()))
                .sorted(Comparator.comparing((MemberView member) -> joined.get(member.memberId()))
                        .thenComparing(MemberView::memberId))
                .map(member -> member(member, joined.get(member.memberId()), newest.get(member.memberId())))
                .toList();
        return Answer.ok(Map.of("members", listed));
    }

    private static Map<String, Object> member(MemberView member, Instant joinedAt, @Nullable Peer peer) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("memberId", member.memberId());
        body.put("pubkey", member.publicKey());
        body.put("displayName", member.displayName());
        body.put("role", member.role().wire());
        body.put("isHuman", member.accountId() != null);
        body.put("joinedAt", WireTime.text(joinedAt));
        body.put("online", peer != null);
        body.put("status", peer == null ? "offline" : peer.status().wire());
        body.put("summary", peer == null ? null : peer.summary());
        return body;
    }

    @GET
    @Path("/peers")
    @Needs(ApiKeyCapability.READ)
    public Response peers() {
        Map<String, Peer> connected = live.newestByMember(key.meshId());
        List<Map<String, Object>> listed = new ArrayList<>();
        connected.values().forEach(peer -> listed.add(connected(peer)));
        Set<String> recent = new LinkedHashSet<>(
                keys.recentIssuers(key.meshId(), clock.instant().minus(RECENT_KEY_USE)));
        recent.add(key.grant().issuerMemberId());
        recent.removeAll(connected.keySet());
        recent.stream()
                .flatMap(id -> directory.memberById(key.meshId(), id).stream())
                .filter(member -> !member.revoked())
                .forEach(member -> listed.add(byKey(member)));
        return Answer.ok(Map.of("peers", listed));
    }

    private Map<String, Object> connected(Peer peer) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("pubkey", peer.identity().memberPublicKey());
        body.put("displayName", peer.identity().displayName());
        body.put("status", peer.status().wire());
        body.put("summary", peer.summary());
        body.put("groups", peer.groups());
        body.put("via", "ws");
        return body;
    }

    private static Map<String, Object> byKey(MemberView member) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("pubkey", member.publicKey());
        body.put("displayName", member.displayName());
        body.put("status", "idle");
        body.put("summary", null);
        body.put("groups", List.of());
        body.put("via", "rest");
        return body;
    }
}
