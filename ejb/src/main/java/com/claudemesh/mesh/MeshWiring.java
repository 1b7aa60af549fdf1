package com.claudemesh.mesh;

import com.claudemesh.audit.AuditChainStore;
import com.claudemesh.platform.EncryptedColumn;
import com.claudemesh.platform.Settings;
import com.claudemesh.platform.Transactions;
import com.claudemesh.protocol.crypto.AtRestCipher;
import com.claudemesh.protocol.crypto.primitive.Digests;
import com.claudemesh.protocol.encoding.Hex;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** Makes the mesh objects, one of each, for injection. */
@Dependent
public class MeshWiring {
    private static final String SYNC_KEY_PURPOSE = "claudemesh sync token v1";

    @Produces
    @Singleton
    MeshDirectory directory(MeshService meshes, Clock clock) {
        return new MeshDirectory(meshes::snapshot, clock);
    }

    /** Tells the directory and whoever else observes it; outside a transaction observers are called at once. */
    @Inject
    private Event<MeshChanged> changes;

    private void changed(String meshId) {
        changes.fire(new MeshChanged(meshId));
    }

    @Produces
    @Singleton
    Meshes meshes(
            Transactions transactions, AuditChainStore chains, AtRestCipher atRest, Clock clock, Settings settings) {
        return new Meshes(
                transactions,
                chains,
                atRest,
                clock,
                this::changed,
                settings.meshes().maxMeshesPerAccount());
    }

    @Produces
    EncryptedColumn ownerSecrets() {
        return new EncryptedColumn("mesh.mesh", "id", "owner_secret_enc", Meshes.OWNER_SECRET_PLACE);
    }

    @Produces
    EncryptedColumn rootKeys() {
        return new EncryptedColumn("mesh.mesh", "id", "root_key_enc", Meshes.ROOT_KEY_PLACE);
    }

    @Produces
    @Singleton
    Members members(Transactions transactions, AuditChainStore chains, Clock clock) {
        return new Members(transactions, chains, clock, this::changed);
    }

    @Produces
    @Singleton
    MemberKeys memberKeys(Transactions transactions, AuditChainStore chains, Clock clock) {
        return new MemberKeys(transactions, chains, clock, this::changed);
    }

    @Produces
    @Singleton
    Enrolments enrolments(Clock clock, Settings settings) {
        return new Enrolments(clock, settings.meshes().maxMembersPerMesh());
    }

    /** The key is derived: what signs these tokens signs nothing else. */
    @Produces
    @Singleton
    MeshSync sync(
            Transactions transactions, Enrolments enrolments, AuditChainStore chains, Clock clock, Settings settings) {
        byte[] secret = settings.accounts().tokenSecret().getBytes(StandardCharsets.UTF_8);
        return new MeshSync(
                transactions,
                enrolments,
                chains,
                clock,
                this::changed,
                Hex.encode(Digests.hmacSha256(secret, SYNC_KEY_PURPOSE.getBytes(StandardCharsets.UTF_8))));
    }

    @Produces
    @Singleton
    Authorization authorization(MeshDirectory directory) {
        return new Authorization(directory);
    }
}
