package com.claudemesh.bench.gauntlet.clock;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Sets the wall clock of a Java process of the same user and the same JDK. Close it to remove the agent's file. */
public final class ServerClock implements AutoCloseable {
    private final Path agent;

    public ServerClock() throws IOException {
        agent = Files.createTempFile("clock-shift", ".jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Agent-Class", ClockShiftAgent.class.getName());
        manifest.getMainAttributes().putValue("Can-Redefine-Classes", "true");
        try (OutputStream file = Files.newOutputStream(agent);
                JarOutputStream jar = new JarOutputStream(file, manifest)) {
            String name = ClockShiftAgent.class.getName().replace('.', '/') + ".class";
            try (InputStream code = ClockShiftAgent.class.getResourceAsStream("/" + name)) {
                add(jar, name, code.readAllBytes());
            }
            for (String patched : ClockShiftAgent.PATCHED) {
                add(jar, "patched/" + patched, ClockPatch.patched(patched));
            }
        }
    }

    private static void add(JarOutputStream jar, String name, byte[] bytes) throws IOException {
        jar.putNextEntry(new ZipEntry(name));
        jar.write(bytes);
        jar.closeEntry();
    }

    /** From now on the process's clock differs from the machine's by the offset. Replaces an earlier offset. */
    public void set(long pid, Duration offset) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try {
                machine.loadAgent(agent.toString(), Long.toString(offset.toMillis()));
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException | AgentLoadException | AgentInitializationException e) {
            throw new IOException("the clock of process " + pid + " could not be moved: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(agent);
    }
}
