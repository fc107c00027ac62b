package org.offerstorm.local.cluster;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.offerstorm.core.check.Failure;
import org.offerstorm.local.cluster.secure.ClusterRole;
import org.offerstorm.local.servers.FileTree;

/**
 * Everything of one cluster is in one directory:
 *
 * <pre>
 *   offerstorm-cluster      says that the directory is ours; locked while a command changes the cluster
 *   offerstorm.yaml         configuration for our commands; there while the cluster is up
 *   targets.json            where workers serve their figures, for Prometheus
 *   ports                   who listens where; kept over restarts
 *   run/NAME                pid and start time of each server's process
 *   logs/NAME.log           its log; logs/workers/ those of topologies
 *   storm/                  a Storm home: conf, log4j2, lib, lib-worker, extlib
 *   secure/                 if its wires are closed: keys, passwords, configurations of roles; for its user alone
 *   conf/, NAME/            settings and data of the servers
 * </pre>
 *
 * Nothing is deleted in a directory without the marker. Used by one thread.
 */
final class ClusterDirectory {
    private static final String MARKER = "offerstorm-cluster";
    private static final String OWNER = "owner";
    private static final String MARKER_TEXT =
            "Data of an Offerstorm cluster. The directory may be deleted when the cluster is down.\n";

    private final Path root;

    private ClusterDirectory(Path root) {
        this.root = root;
    }

    /**
     * The directory of a cluster, made if absent.
     *
     * @throws Failure if it holds something else, or cannot be made
     */
    static ClusterDirectory create(Path path) throws IOException {
        Path root = path.toAbsolutePath().normalize();
        if (Files.exists(root) && !Files.isDirectory(root)) {
            throw Failure.usage(root + " is a file; name a directory with --dir");
        }
        checkName(root);
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw Failure.usage(root + " cannot be made" + because(e) + "; name another directory with --dir");
        }
        root = root.toRealPath();
        checkName(root);
        Path marker = root.resolve(MARKER);
        if (!Files.isRegularFile(marker)) {
            if (!isEmpty(root)) {
                throw Failure.usage(root + " holds other files (no " + MARKER
                        + " is among them); name a new or an empty directory with --dir");
            }
            Files.writeString(marker, MARKER_TEXT);
        }
        return new ClusterDirectory(root);
    }

    private static String because(IOException e) {
        if (e instanceof AccessDeniedException) {
            return " (permission denied)";
        }
        return e instanceof FileSystemException file && file.getReason() != null ? " (" + file.getReason() + ")" : "";
    }

    private static void checkName(Path root) {
        if (root.toString().matches(".*[\\s:%\"*].*")) {
            throw Failure.usage("Storm and Hadoop cannot run in '" + root
                    + "' because of a blank or one of : % \" * in its name; name another directory with --dir");
        }
    }

    /**
     * The directory of a cluster that was made before.
     *
     * @throws Failure if there is none
     */
    static ClusterDirectory existing(Path path) throws IOException {
        if (!isCluster(path)) {
            throw Failure.unreachable(
                    "there is no cluster in " + path.toAbsolutePath().normalize()
                            + "; 'offerstorm cluster up' makes one, --dir names another directory",
                    null);
        }
        return new ClusterDirectory(path.toRealPath());
    }

    static boolean isCluster(Path path) {
        return Files.isRegularFile(path.resolve(MARKER));
    }

    Path root() {
        return root;
    }

    /** A directory or file in it; nothing is made. */
    Path resolve(String name) {
        return root.resolve(name);
    }

    Path log(String server) {
        return root.resolve("logs").resolve(server + ".log");
    }

    Path configuration() {
        return root.resolve("offerstorm.yaml");
    }

    /** Of a closed cluster. */
    Path role(ClusterRole role) {
        return root.resolve("secure").resolve("roles").resolve(role.label() + ".yaml");
    }

    Path targets() {
        return root.resolve("targets.json");
    }

    /** Whether {@code process} works in it, judged by its working directory. */
    boolean holds(Path workingDirectory) {
        return workingDirectory.startsWith(root);
    }

    /**
     * Keeps other commands from changing this cluster until the lock is closed. It ends with this process, however that ends.
     *
     * @throws Failure if another command changes it now
     */
    FileChannel lock() throws IOException {
        FileChannel channel = FileChannel.open(root.resolve(MARKER), StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            locked = false; // by this process
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        if (!locked) {
            Path owner = root.resolve(OWNER);
            throw Failure.unreachable(
                    "another command (process "
                            + (Files.exists(owner) ? Files.readString(owner).strip() : "unknown")
                            + ") is changing the cluster in " + root + "; wait for its end, then try again",
                    null);
        }
        Files.writeString(root.resolve(OWNER), ProcessHandle.current().pid() + "\n");
        return channel;
    }

    /** Deletes all of it, and itself. */
    void delete() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            for (Path entry : entries.toList()) {
                if (!entry.getFileName().toString().equals(MARKER)) {
                    FileTree.delete(entry);
                }
            }
        }
        FileTree.delete(root); // the marker last: a deletion that was cut short can be asked for again
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        }
    }
}
