package org.offerstorm.local.demo;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.offerstorm.core.check.Failure;
import org.offerstorm.local.servers.FileTree;

/**
 * Where a demo keeps everything: the servers' data, logs, temporary files. One process at a time; the lock is the
 * operating system's, so that a killed process leaves none. Nothing is ever deleted in a directory that does not carry
 * our marker. Opened and closed by one thread.
 */
public final class DataDirectory implements AutoCloseable {
    private static final String MARKER = "offerstorm-data";
    private static final String PID = "pid";
    private static final String MARKER_TEXT =
            "Data of an Offerstorm demo. The directory may be deleted when no demo runs in it.\n";

    private static final Set<Path> IN_THIS_PROCESS = ConcurrentHashMap.newKeySet();

    private final Path root;
    /** The marker, locked. */
    private final FileChannel channel;

    private DataDirectory(Path root, FileChannel channel) {
        this.root = root;
        this.channel = channel;
    }

    /**
     * Takes the directory for this process; makes it if absent.
     *
     * @throws Failure if another process has it, it holds something else than a demo's data, or it cannot be written
     * @throws IOException if the disk fails
     */
    public static DataDirectory open(Path path) throws IOException {
        Path root = path.toAbsolutePath().normalize();
        if (Files.exists(root) && !Files.isDirectory(root)) {
            throw Failure.usage(root + " is a file; name a directory with --data-dir");
        }
        try {
            return take(root);
        } catch (FileSystemException e) {
            throw Failure.unreachable(
                    root + " cannot be written (" + why(e) + "); name another directory with --data-dir", e);
        }
    }

    private static DataDirectory take(Path path) throws IOException {
        Files.createDirectories(path);
        Path root = path.toRealPath();
        Path marker = root.resolve(MARKER);
        if (!Files.isRegularFile(marker)) {
            if (!isEmpty(root)) {
                throw Failure.usage(root + " holds other files (no " + MARKER
                        + " is among them); name a new or an empty directory with --data-dir");
            }
            Files.writeString(marker, MARKER_TEXT);
        }
        return new DataDirectory(root, lock(root));
    }

    public Path root() {
        return root;
    }

    /** A directory or file in it; nothing is made. */
    public Path resolve(String name) {
        return root.resolve(name);
    }

    /** Deletes everything but the marker. Symbolic links are deleted, not followed. */
    public void empty() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            for (Path entry : entries.toList()) {
                String name = entry.getFileName().toString();
                if (!name.equals(MARKER) && !name.equals(PID)) {
                    FileTree.delete(entry);
                }
            }
        }
    }

    /** Deletes {@code name} and what is below it, if it is there. */
    public void clear(String name) throws IOException {
        FileTree.delete(root.resolve(name));
    }

    /** Gives the directory back. */
    @Override
    public void close() throws IOException {
        try {
            Files.deleteIfExists(root.resolve(PID));
            channel.close();
        } finally {
            IN_THIS_PROCESS.remove(root);
        }
    }

    private static FileChannel lock(Path root) throws IOException {
        // Not left to the file lock: opening and closing the marker once more would release it.
        if (!IN_THIS_PROCESS.add(root)) {
            throw inUse(root, Long.toString(ProcessHandle.current().pid()));
        }
        FileChannel channel = null;
        boolean locked = false;
        try {
            channel = FileChannel.open(root.resolve(MARKER), StandardOpenOption.WRITE);
            locked = channel.tryLock() != null;
            if (!locked) {
                Path pid = root.resolve(PID);
                throw inUse(root, Files.exists(pid) ? Files.readString(pid).strip() : "(unknown)");
            }
            Files.writeString(
                    root.resolve(PID), Long.toString(ProcessHandle.current().pid()));
            return channel;
        } finally {
            if (!locked) {
                IN_THIS_PROCESS.remove(root);
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    private static String why(FileSystemException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return e.getFile() + " is a file";
        }
        return e.getReason() == null ? e.toString() : e.getReason();
    }

    private static Failure inUse(Path root, String owner) {
        return Failure.unreachable(
                "process " + owner + " runs a demo in " + root
                        + "; stop it with Ctrl-C there, or name another directory with --data-dir",
                null);
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        }
    }
}
