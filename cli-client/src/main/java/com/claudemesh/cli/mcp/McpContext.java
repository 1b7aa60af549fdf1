package com.claudemesh.cli.mcp;

import com.claudemesh.cli.config.ConfigHome;
import com.claudemesh.cli.config.PeerCache;
import com.claudemesh.sdk.FileInboxStore;
import java.time.Clock;
import java.util.function.BooleanSupplier;

/**
 * What the meshes of one session share.
 *
 * @param topics what sessions need for posts of topics
 * @param hostPresent whether a host has introduced itself, so that what is shown is seen by somebody
 */
record McpContext(
        Participant who,
        ConfigHome home,
        PeerCache cache,
        FileInboxStore inbox,
        GrantCheck grants,
        ChannelGate channel,
        BooleanSupplier hostPresent,
        Timer timer,
        TopicServices topics,
        Clock clock,
        Diagnostics log) {}
