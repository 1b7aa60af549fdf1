package com.claudemesh.protocol.frame;

import java.util.List;

/** Who is banned from the mesh, latest first. */
public record ListBansResult(List<Ban> bans) implements ServerFrame {

    /** @param pubkey member key */
    public record Ban(String name, String pubkey, String revokedAt) {}
}
