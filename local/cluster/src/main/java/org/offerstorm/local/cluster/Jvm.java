package org.offerstorm.local.cluster;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.offerstorm.local.servers.JavaCommand;

/** The command that runs a server in a JVM of this Java. */
final class Jvm {
    /** On the command line of each server: the directory of its cluster. */
    static final String MARK = "-Dofferstorm.cluster=";

    /** Set by the launcher if this machine's name has no address. */
    private static final String HOSTS = "jdk.net.hosts.file";

    private static final int WARNS_OF_NATIVE_ACCESS = 24;

    private final ClusterDirectory directory;
    private final String classPath;

    /** @param classPath of all servers */
    Jvm(ClusterDirectory directory, String classPath) {
        this.directory = directory;
        this.classPath = classPath;
    }

    /**
     * A command with heap and flags for a small server, if {@link ServerOptions} say nothing else: what it does is bounded by the
     * disk, and the machine has other work.
     *
     * @param first comes first on the class path; null: nothing
     */
    List<String> command(
            String name, int heapMegabytes, Path first, List<String> flags, String main, List<String> args) {
        return command(
                name,
                heapMegabytes,
                first == null ? classPath : first + File.pathSeparator + classPath,
                flags,
                main,
                args);
    }

    /** As above, with a separate class path. */
    List<String> command(
            String name, int heapMegabytes, String path, List<String> flags, String main, List<String> args) {
        List<String> all = new ArrayList<>();
        all.add(MARK + directory.root());
        all.add("-Dofferstorm.server=" + name);
        all.addAll(ServerOptions.read(
                directory, name, List.of("-Xmx" + heapMegabytes + "m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")));
        all.add("-XX:+ExitOnOutOfMemoryError");
        if (Runtime.version().feature() >= WARNS_OF_NATIVE_ACCESS) {
            all.add("--enable-native-access=ALL-UNNAMED");
            all.add("--sun-misc-unsafe-memory-access=allow");
        }
        // Hadoop and Kafka name files with the digits of the machine's language, if it has some that are not 0 to 9.
        all.add("-Duser.language=en");
        ownAddress().ifPresent(all::add);
        all.add("-Djava.io.tmpdir=" + directory.resolve("tmp"));
        all.addAll(flags);
        return JavaCommand.of(all, path, main, args);
    }

    /**
     * The flag by which a server finds an address for this machine's own name, if that has none: Storm and Hadoop want one,
     * and all servers are on 127.0.0.1.
     */
    private Optional<String> ownAddress() {
        String hosts = System.getProperty(HOSTS);
        return hosts == null ? Optional.empty() : Optional.of("-D" + HOSTS + "=" + hosts);
    }

    /** Logs to standard output, which is the server's log file. */
    String logging() {
        return "-Dlog4j2.configurationFile=" + directory.resolve("conf").resolve("log4j2.xml");
    }
}
