package com.claudemesh.cli.presence;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.protocol.frame.InvalidFieldException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;

/** A verb that changes how the running session is seen by others. Without a session there is nothing to change. */
abstract class SessionChange implements Callable<Integer> {
    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    SessionChange(VerbServices services) {
        this.services = services;
    }

    /** The change; invalid arguments may be refused with an {@link InvalidFieldException}. */
    abstract ClientFrame frame();

    /** What changed, for people. */
    abstract String sentence();

    /** What changed, for scripts. */
    abstract ObjectNode record();

    @Override
    public final Integer call() {
        ClientFrame frame = checked(this::frame);
        Output output = services.output(globals);
        services.meshes().tellSession(meshOption.one(services), frame);
        output.ok(sentence());
        output.acknowledge(record());
        return ExitCode.SUCCESS;
    }

    private static ClientFrame checked(Supplier<ClientFrame> frame) {
        try {
            return frame.get();
        } catch (InvalidFieldException invalid) {
            throw CliException.invalid(String.valueOf(invalid.getMessage()));
        }
    }
}
