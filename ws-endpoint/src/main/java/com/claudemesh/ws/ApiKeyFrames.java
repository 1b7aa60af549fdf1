package com.claudemesh.ws;

import com.claudemesh.identity.apikey.ApiKeyOutcome;
import com.claudemesh.identity.apikey.ApiKeyView;
import com.claudemesh.identity.apikey.ApiKeys;
import com.claudemesh.identity.apikey.RevokeOutcome;
import com.claudemesh.mesh.Actor;
import com.claudemesh.mesh.Authorization;
import com.claudemesh.mesh.Requirement;
import com.claudemesh.presence.Peer;
import com.claudemesh.presence.WireTime;
import com.claudemesh.protocol.error.ErrorCode;
import com.claudemesh.protocol.frame.ApiKeyCreate;
import com.claudemesh.protocol.frame.ApiKeyCreated;
import com.claudemesh.protocol.frame.ApiKeyList;
import com.claudemesh.protocol.frame.ApiKeyListResponse;
import com.claudemesh.protocol.frame.ApiKeyRevoke;
import com.claudemesh.protocol.frame.ApiKeyRevokeResponse;
import com.claudemesh.protocol.frame.ErrorFrame;
import com.claudemesh.protocol.frame.ServerFrame;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@code apikey_create}, {@code apikey_list} and {@code apikey_revoke}: for administrators of the mesh. Other members make
 * short-lived keys for themselves and revoke those.
 */
@Dependent
public class ApiKeyFrames implements FrameHandlers {
    private final ApiKeys keys;
    private final Authorization authorization;

    @Inject
    public ApiKeyFrames(ApiKeys keys, Authorization authorization) {
        this.keys = keys;
        this.authorization = authorization;
    }

    @Override
    public void register(Dispatcher dispatcher) {
        dispatcher.on(ApiKeyCreate.class, this::create);
        dispatcher.on(ApiKeyList.class, Requirement.ADMIN, this::list);
        dispatcher.on(ApiKeyRevoke.class, this::revoke);
    }

    private Reply create(ApiKeyCreate frame, Peer peer) {
        ApiKeyOutcome outcome = administers(peer)
                ? keys.create(peer.meshId(), actor(peer), frame)
                : keys.createOwn(peer.meshId(), actor(peer), frame);
        if (outcome instanceof ApiKeyOutcome.NotForMembers refused) {
            return new Reply.Now(ErrorFrame.of(ErrorCode.FORBIDDEN, refused.reason()));
        }
        if (outcome instanceof ApiKeyOutcome.Created created) {
            return new Reply.Now(created(peer.meshId(), created.secret(), created.key()));
        }
        return new Reply.Now(ErrorFrame.of(ErrorCode.INVALID_ARGS, problem(outcome)));
    }

    private static String problem(ApiKeyOutcome outcome) {
        if (outcome instanceof ApiKeyOutcome.UnknownTopic unknown) {
            return "topicScopes: there is no topic '" + unknown.name() + "'";
        }
        return outcome instanceof ApiKeyOutcome.TooMany tooMany
                ? "there are " + tooMany.limit() + " live API keys, which is the most: revoke one first"
                : "expiresAt: must be in the future";
    }

    private ServerFrame created(String meshId, String secret, ApiKeyView key) {
        return new ApiKeyCreated(
                key.id(),
                secret,
                key.label(),
                key.prefix(),
                key.capabilities(),
                keys.topicNames(meshId, key),
                WireTime.text(key.createdAt()));
    }

    private Reply list(ApiKeyList frame, Peer peer) {
        return new Reply.Now(new ApiKeyListResponse(keys.list(peer.meshId()).stream()
                .map(key -> shown(peer.meshId(), key))
                .toList()));
    }

    private ApiKeyListResponse.Key shown(String meshId, ApiKeyView key) {
        return new ApiKeyListResponse.Key(
                key.id(),
                key.label(),
                key.prefix(),
                key.capabilities(),
                keys.topicNames(meshId, key),
                WireTime.text(key.createdAt()),
                time(key.lastUsedAt()),
                time(key.revokedAt()),
                time(key.expiresAt()));
    }

    private Reply revoke(ApiKeyRevoke frame, Peer peer) {
        boolean administers = administers(peer);
        RevokeOutcome outcome = administers
                ? keys.revoke(peer.meshId(), actor(peer), frame.id())
                : keys.revokeOwn(peer.meshId(), actor(peer), frame.id());
        if (!administers && outcome instanceof RevokeOutcome.NotFound) {
            return new Reply.Now(
                    ErrorFrame.of(ErrorCode.FORBIDDEN, "you may revoke keys that you made, by their whole id"));
        }
        if (outcome instanceof RevokeOutcome.Revoked revoked) {
            return new Reply.Now(ApiKeyRevokeResponse.revoked(revoked.id()));
        }
        return new Reply.Now(
                outcome instanceof RevokeOutcome.NotUnique many
                        ? ApiKeyRevokeResponse.notUnique(many.matches())
                        : ApiKeyRevokeResponse.notFound());
    }

    private boolean administers(Peer peer) {
        return authorization.permits(Requirement.ADMIN, peer.meshId(), peer.memberId());
    }

    private static Actor actor(Peer peer) {
        return new Actor(peer.memberId(), peer.identity().displayName());
    }

    private static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : WireTime.text(instant);
    }
}
