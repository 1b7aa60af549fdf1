package com.claudemesh.cli.mcp;

import com.claudemesh.cli.Host;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.rest.RestSession;
import com.claudemesh.sdk.FileInboxStore;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;

/** Everything that runs between the first and the last line of one host. */
final class McpProcess implements AutoCloseable {
    private final VerbServices services;
    private final Participant who;
    private final FileInboxStore inbox;
    private final Timer timer;
    private final TopicServices topics;
    private final Diagnostics log;
    private final Runnable whenDone;
    private final JsonRpcOutput out;
    private final ChannelGate channel;
    private final McpSession session;

    /**
     * @param background for work that waits for the server
     * @param whenDone called when the input has ended or nobody reads the output any more
     */
    McpProcess(
            VerbServices services,
            Participant who,
            FileInboxStore inbox,
            Timer timer,
            Executor background,
            Diagnostics log,
            Runnable whenDone) {
        this.services = services;
        this.who = who;
        this.inbox = inbox;
        this.timer = timer;
        this.topics = new TopicServices(
                services.topicKeys(),
                background,
                (mesh, desk) -> RestSession.using(desk, services, mesh, TopicServices.PURPOSE, log::warn));
        this.log = log;
        this.whenDone = whenDone;
        this.out = new JsonRpcOutput(services.host().out(), whenDone);
        this.channel = new ChannelGate(out, log);
        this.session = new McpSession(channel, timer);
    }

    /** Answers the host from now on, and connects to the meshes in the background. */
    void start(List<Membership> meshes, MeshLinks links) {
        McpMethods methods = new McpMethods(Instructions.of(who, meshes), session);
        Thread reader = new Thread(() -> serve(new McpServer(methods, out)), "mcp-input");
        reader.setDaemon(true);
        reader.start();
        if (meshes.isEmpty()) {
            log.warn("no mesh joined: claudemesh join <invitation link>, then start the session again");
        }
        Host host = services.host();
        McpContext context = new McpContext(
                who,
                services.home(),
                services.peerCache(),
                inbox,
                new GrantCheck(services.grantsFile(), log),
                channel,
                session::hostPresent,
                timer,
                topics,
                host.clock(),
                log);
        session.start(meshes, context, links);
    }

    @Override
    public void close() {
        session.close();
    }

    private void serve(McpServer server) {
        try {
            server.serve(services.host().in());
        } catch (IOException broken) {
            log.warn("standard input broke: " + broken.getMessage());
        } finally {
            whenDone.run();
        }
    }
}
