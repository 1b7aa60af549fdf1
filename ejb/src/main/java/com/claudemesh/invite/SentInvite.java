package com.claudemesh.invite;

/** An invitation as whoever made it, or administers the mesh, sees it. */
public record SentInvite(Invite invite, String meshName, String meshSlug) {}
