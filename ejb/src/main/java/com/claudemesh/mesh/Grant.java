package com.claudemesh.mesh;

/** stub, replaced by the administration branch */
public enum Grant {
    DM,
    BROADCAST
}
