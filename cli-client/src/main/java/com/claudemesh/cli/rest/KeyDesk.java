package com.claudemesh.cli.rest;

import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnection;
import com.claudemesh.protocol.frame.ApiKeyCreate;
import com.claudemesh.protocol.frame.ApiKeyCreated;
import com.claudemesh.protocol.frame.ApiKeyRevoke;
import com.claudemesh.protocol.frame.ApiKeyRevokeResponse;

/** Where keys come from. Fails with a {@link com.claudemesh.cli.CliException}. */
public interface KeyDesk {

    ApiKeyCreated mint(ApiKeyCreate wish);

    void revoke(String keyId);

    /** Asks over a connection that is open already. Used by one thread. */
    static KeyDesk over(MeshConnection connection) {
        return new KeyDesk() {
            @Override
            public ApiKeyCreated mint(ApiKeyCreate wish) {
                return connection.ask(wish, ApiKeyCreated.class);
            }

            @Override
            public void revoke(String keyId) {
                connection.ask(new ApiKeyRevoke(keyId), ApiKeyRevokeResponse.class);
            }
        };
    }

    /** Opens a connection each time: for keys that are minted now and then. Safe for any thread. */
    static KeyDesk opening(VerbServices services, Membership mesh, String displayName) {
        return new KeyDesk() {
            @Override
            public ApiKeyCreated mint(ApiKeyCreate wish) {
                try (MeshConnection connection = services.meshes().open(mesh, displayName)) {
                    return over(connection).mint(wish);
                }
            }

            @Override
            public void revoke(String keyId) {
                try (MeshConnection connection = services.meshes().open(mesh, displayName)) {
                    over(connection).revoke(keyId);
                }
            }
        };
    }
}
