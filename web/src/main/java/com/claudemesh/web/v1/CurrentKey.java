package com.claudemesh.web.v1;

import com.claudemesh.identity.apikey.ApiKeyGrant;
import com.claudemesh.mesh.MemberView;
import com.claudemesh.mesh.MeshDirectory;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** The key that the current request was made with, and the member it acts as. */
@RequestScoped
public class CurrentKey {

    @Inject
    private MeshDirectory directory;

    private @Nullable ApiKeyGrant grant;

    void become(ApiKeyGrant granted) {
        grant = granted;
    }

    public ApiKeyGrant grant() {
        if (grant == null) {
            throw new IllegalStateException("the resource does not require an API key");
        }
        return grant;
    }

    public String meshId() {
        return grant().meshId();
    }

    /**
     * The member that issued the key, in whose name it acts.
     *
     * @throws ApiProblem 401 when it has lost its place in the mesh since the request began
     */
    public MemberView issuer() {
        return directory
                .memberById(meshId(), grant().issuerMemberId())
                .filter(member -> !member.revoked())
                .orElseThrow(() -> ApiProblem.of(401, "error.api_key_invalid"));
    }
}
