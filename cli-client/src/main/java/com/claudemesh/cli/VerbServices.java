package com.claudemesh.cli;

import com.claudemesh.cli.bridge.BridgeGateway;
import com.claudemesh.cli.config.AuthFile;
import com.claudemesh.cli.config.ClientConfig;
import com.claudemesh.cli.config.ConfigFile;
import com.claudemesh.cli.config.ConfigHome;
import com.claudemesh.cli.config.GrantsFile;
import com.claudemesh.cli.config.LastUsed;
import com.claudemesh.cli.config.PeerCache;
import com.claudemesh.cli.net.HttpInviteGateway;
import com.claudemesh.cli.net.InviteGateway;
import com.claudemesh.cli.net.MeshGateway;
import com.claudemesh.cli.net.WebSocketMeshGateway;
import com.claudemesh.cli.output.Output;
import com.claudemesh.cli.topic.FileTopicKeyRing;
import com.claudemesh.sdk.FileInboxStore;
import com.claudemesh.sdk.topic.TopicKeyRing;

/** What a verb works with. Making it touches neither disk nor network. */
public record VerbServices(Host host, ConfigHome home, MeshGateway meshes, InviteGateway invites) {

    public static VerbServices of(Host host) {
        ConfigHome home = ConfigHome.of(host);
        MeshGateway meshes = new BridgeGateway(new WebSocketMeshGateway(host), home, host);
        return new VerbServices(host, home, meshes, new HttpInviteGateway(host));
    }

    public ConfigFile configFile() {
        return new ConfigFile(home.configFile());
    }

    public AuthFile authFile() {
        return new AuthFile(home.configDirectory(), home.stateDirectory());
    }

    public PeerCache peerCache() {
        return new PeerCache(home.peerCacheFile());
    }

    public GrantsFile grantsFile() {
        return new GrantsFile(home.grantsFile());
    }

    public FileInboxStore inbox() {
        return new FileInboxStore(home.inboxDirectory());
    }

    public TopicKeyRing topicKeys() {
        return new FileTopicKeyRing(home.topicKeyDirectory());
    }

    public LastUsed lastUsed() {
        return new LastUsed(home.lastUsedFile());
    }

    public Output output(GlobalOptions options) {
        return new Output(host, options.outputMode());
    }

    /** Who the person is to their peers: what the session was started as, else the configuration, else the login. */
    public String displayName(ClientConfig config) {
        return host.variable("CLAUDEMESH_DISPLAY_NAME").or(config::displayName).orElseGet(this::loginName);
    }

    /** The login name, or one made of the host name and the process id. */
    public String loginName() {
        return host.variable("USER")
                .or(() -> host.variable("USERNAME"))
                .orElseGet(
                        () -> HostName.local() + "-" + ProcessHandle.current().pid());
    }
}
