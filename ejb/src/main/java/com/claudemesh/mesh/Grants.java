package com.claudemesh.mesh;

import org.jspecify.annotations.Nullable;

/** stub, replaced by the administration branch */
public final class Grants {
    public static final Grants DEFAULT = new Grants();

    public boolean allows(Grant grant, String senderMemberKey, @Nullable String senderSessionKey) {
        return true;
    }
}
