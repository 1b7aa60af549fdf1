package com.claudemesh.cli.moderation;

import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.net.MeshConnection;
import com.claudemesh.protocol.frame.Kick;
import com.claudemesh.protocol.frame.KickAck;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code kick}: ends connections whose clients must not come back by themselves. */
@Command(description = "End connections; their clients stay away until somebody starts them again. For administrators.")
public final class KickCommand extends Removal {
    public KickCommand(VerbServices services) {
        super(services);
    }

    @Override
    KickAck remove(MeshConnection connection, WhoOptions who, @Nullable String target) {
        return connection.ask(new Kick(who.all(), who.staleMillis(), target), KickAck.class);
    }

    @Override
    String verb() {
        return "kicked";
    }

    @Override
    String hint() {
        return "they can come back with: claudemesh; to keep a member out: claudemesh ban <peer>";
    }
}
