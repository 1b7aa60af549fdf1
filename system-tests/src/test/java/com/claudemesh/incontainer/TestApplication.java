package com.claudemesh.incontainer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.assertj.core.api.Assertions;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.ByteArrayAsset;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The tests with the components and libraries of the EAR that was built, without its pages and its WebSocket. */
final class TestApplication {
    private static final Path EAR =
            Path.of(System.getProperty("claudemesh.root", ".."), "ear", "target", "distribution", "claudemesh.ear");

    private TestApplication() {}

    static WebArchive archive() throws IOException {
        WebArchive archive = ShrinkWrap.create(WebArchive.class, "in-container.war")
                .addPackage(TestApplication.class.getPackage())
                .addAsLibrary(jarOf(Assertions.class))
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml");
        try (ZipFile ear = new ZipFile(EAR.toFile())) {
            Enumeration<? extends ZipEntry> entries = ear.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                if (entry.getName().endsWith(".jar")) {
                    archive.addAsLibrary(
                            content(ear, entry),
                            Path.of(entry.getName()).getFileName().toString());
                }
            }
        }
        return archive;
    }

    private static ByteArrayAsset content(ZipFile ear, ZipEntry entry) throws IOException {
        try (InputStream bytes = ear.getInputStream(entry)) {
            return new ByteArrayAsset(bytes);
        }
    }

    private static java.io.File jarOf(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .toFile();
    }
}
