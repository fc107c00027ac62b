package org.offerstorm.local.trials.chaos.crash;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.offerstorm.local.cluster.WorkerOptions;
import org.offerstorm.local.trials.chaos.crash.agent.CrashAgent;

/** The jar of the agent: its package and ASM, out of this program's class path. */
public final class AgentJar {
    /** Below a cluster's directory: the jar, and the files of {@link org.offerstorm.local.trials.chaos.crash.agent.Passage}. */
    static final String DIRECTORY = "crash";

    private static final String JAR = "agent.jar";

    private AgentJar() {}

    /**
     * Gives the workers of a cluster the agent.
     *
     * @param cluster the cluster's directory, made if absent; before {@code cluster up}
     */
    public static void install(Path cluster) throws IOException {
        WorkerOptions.write(cluster, option(cluster));
        Files.createDirectories(cluster.resolve(DIRECTORY));
        write(cluster.resolve(DIRECTORY).resolve(JAR));
    }

    /** Of a JVM; the directory's path has no blanks, as Storm wants it. */
    static String option(Path cluster) {
        Path directory = cluster.toAbsolutePath().resolve(DIRECTORY);
        return "-javaagent:" + directory.resolve(JAR) + "=" + directory;
    }

    static void write(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", CrashAgent.class.getName());
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream jarOut = new JarOutputStream(out, manifest)) {
            for (Class<?> each : List.of(CrashAgent.class, ClassReader.class)) {
                addPackage(jarOut, each);
            }
        }
    }

    private static void addPackage(JarOutputStream jar, Class<?> member) throws IOException {
        String name = member.getPackageName().replace('.', '/');
        URI source = location(member);
        if (source.getPath().endsWith("/")) {
            addClasses(jar, Path.of(source).resolve(name), name);
        } else {
            try (FileSystem files = FileSystems.newFileSystem(URI.create("jar:" + source), Map.of())) {
                addClasses(jar, files.getPath(name), name);
            }
        }
    }

    private static void addClasses(JarOutputStream jar, Path directory, String name) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.sorted().toList()) {
                String file = entry.getFileName().toString();
                if (file.endsWith(".class")) {
                    jar.putNextEntry(new JarEntry(name + "/" + file));
                    try (InputStream in = Files.newInputStream(entry)) {
                        in.transferTo(jar);
                    }
                    jar.closeEntry();
                }
            }
        }
    }

    private static URI location(Class<?> member) {
        try {
            return member.getProtectionDomain().getCodeSource().getLocation().toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
