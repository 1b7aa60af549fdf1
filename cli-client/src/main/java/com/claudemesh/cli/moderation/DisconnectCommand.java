package com.claudemesh.cli.moderation;

import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.net.MeshConnection;
import com.claudemesh.protocol.frame.Disconnect;
import com.claudemesh.protocol.frame.DisconnectAck;
import com.claudemesh.protocol.frame.KickAck;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code disconnect}: ends connections whose clients come back by themselves. */
@Command(description = "End connections; their clients connect again by themselves. For administrators.")
public final class DisconnectCommand extends Removal {
    public DisconnectCommand(VerbServices services) {
        super(services);
    }

    @Override
    KickAck remove(MeshConnection connection, WhoOptions who, @Nullable String target) {
        Disconnect request = new Disconnect(who.all(), who.staleMillis(), target);
        DisconnectAck done = connection.ask(request, DisconnectAck.class);
        return new KickAck(done.kicked(), done.affected(), null);
    }

    @Override
    String verb() {
        return "disconnected";
    }

    @Override
    String hint() {
        return "they connect again by themselves; to keep them away: claudemesh kick <peer>";
    }
}
