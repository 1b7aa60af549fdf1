package com.claudemesh.invite;

import java.time.Instant;

/** A new invitation as its maker hands it out. */
public record InviteLink(String code, String url, Instant expiresAt) {
    @Override
    public String toString() {
        return "InviteLink[" + expiresAt + "]";
    }
}
