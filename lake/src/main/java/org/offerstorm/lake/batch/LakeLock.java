package org.offerstorm.lake.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.protocol.AlreadyBeingCreatedException;
import org.apache.hadoop.ipc.RemoteException;

/**
 * Keeps a second writer from working in vain, and maintenance from running at the same time. It is a convenience: what two writers
 * publish is decided by the tables alone. A thread renews it; one that is not renewed, or whose process is gone from this
 * machine, counts for nothing.
 */
public final class LakeLock implements AutoCloseable {
    private static final Duration RENEWAL = Duration.ofSeconds(10);
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final String NAME = "_lock";

    private final FileSystem files;
    private final Path path;
    private final String owner;
    private final ScheduledExecutorService renewal;
    private final ScheduledFuture<?> task;

    private LakeLock(FileSystem files, Path path, String owner) {
        this.files = files;
        this.path = path;
        this.owner = owner;
        this.renewal = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "lake-lock");
            thread.setDaemon(true);
            return thread;
        });
        this.task = renewal.scheduleWithFixedDelay(
                this::renew, RENEWAL.toMillis(), RENEWAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Another process has it. */
    public static final class Locked extends Exception {
        private static final long serialVersionUID = 1L;

        Locked(String message) {
            super(message);
        }
    }

    /**
     * Takes the lock of a warehouse.
     *
     * @param what the command, for whoever finds it
     * @throws Locked if somebody else has it
     * @throws IOException if the file system cannot be written to
     */
    public static LakeLock take(String warehouse, Configuration hadoop, String what) throws IOException, Locked {
        Path path = new Path(warehouse, NAME);
        FileSystem files = path.getFileSystem(hadoop);
        files.mkdirs(path.getParent());
        String owner = what + " " + ProcessHandle.current().pid() + " " + host() + " " + Instant.now() + " "
                + UUID.randomUUID();
        while (true) {
            FSDataOutputStream out;
            try {
                out = create(files, path);
            } catch (FileAlreadyExistsException e) {
                removeStale(files, path);
                continue;
            }
            try (out) {
                out.write(owner.getBytes(UTF_8));
            } catch (IOException e) { // such as a file system that is full
                if (!isGone(e)) {
                    discard(files, path, e);
                    throw e;
                }
                // Somebody deleted it, as they may a moment later: whoever has it goes on.
            }
            return new LakeLock(files, path, owner);
        }
    }

    private static FSDataOutputStream create(FileSystem files, Path path) throws IOException, Locked {
        try {
            return files.createFile(path).overwrite(false).build();
        } catch (RemoteException e) {
            if (e.unwrapRemoteException() instanceof AlreadyBeingCreatedException) {
                throw starting(path); // HDFS does not let a second client see a file before it has content
            }
            throw e;
        }
    }

    /**
     * Of several that find the same stale lock one removes it, and looks again before it does: another may have removed it,
     * and have the lock by now.
     */
    private static void removeStale(FileSystem files, Path path) throws IOException, Locked {
        if (!isStale(files, path)) {
            return;
        }
        Path removal = path.suffix("-removal");
        try {
            create(files, removal).close();
        } catch (FileAlreadyExistsException e) {
            if (isYoung(files, removal)) {
                throw starting(path);
            }
            files.delete(removal, false); // its owner ended within a moment
            return;
        }
        try {
            if (isStale(files, path)) {
                files.delete(path, false);
            }
        } finally {
            files.delete(removal, false);
        }
    }

    private static boolean isYoung(FileSystem files, Path path) throws IOException {
        try {
            return silent(files.getFileStatus(path)).compareTo(RENEWAL) < 0;
        } catch (FileNotFoundException e) { // removed in this moment
            return true;
        }
    }

    private static Duration silent(FileStatus status) {
        return Duration.ofMillis(System.currentTimeMillis() - status.getModificationTime());
    }

    private static Locked starting(Path path) {
        return new Locked("the lake is locked by a command that is just starting (" + path + "); try again");
    }

    private static boolean isGone(IOException e) {
        return e instanceof FileNotFoundException
                || (e instanceof RemoteException remote
                        && remote.unwrapRemoteException() instanceof FileNotFoundException);
    }

    /** A lock without an owner would keep others out for a moment. */
    private static void discard(FileSystem files, Path path, IOException reason) {
        try {
            files.delete(path, false);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        task.cancel(true);
        renewal.shutdownNow();
        try {
            if (owner.equals(read(files, path))) {
                files.delete(path, false);
            }
        } catch (IOException e) { // it is stale soon
            renewal.shutdown();
        }
    }

    private void renew() {
        try {
            files.setTimes(path, System.currentTimeMillis(), -1);
        } catch (IOException e) { // the run itself meets the file system's failure
            renewal.shutdown();
        }
    }

    /**
     * Whether there is a lock whose owner is gone; false if there is none any more.
     *
     * @throws Locked if its owner is not gone
     */
    private static boolean isStale(FileSystem files, Path path) throws IOException, Locked {
        String owner;
        FileStatus status;
        try {
            status = files.getFileStatus(path);
            owner = read(files, path);
        } catch (FileNotFoundException e) { // it was given back in this moment
            return false;
        }
        Duration silent = silent(status);
        String[] words = owner.split(" ", -1);
        if (words.length < 4) { // its owner ended while it wrote it, or is about to
            if (silent.compareTo(RENEWAL) < 0) {
                throw starting(path);
            }
            return true;
        }
        boolean gone = words[2].equals(host())
                && ProcessHandle.of(Long.parseLong(words[1])).isEmpty();
        if (!gone && silent.compareTo(LEASE) < 0) {
            throw new Locked("the lake is in use by 'lake " + words[0] + "', process " + words[1] + " on " + words[2]
                    + " since " + words[3] + " (" + path + "); wait for its end. If it was killed, the lock is free "
                    + LEASE.toSeconds() + " s after it was last renewed");
        }
        return true;
    }

    private static String read(FileSystem files, Path path) throws IOException {
        try (FSDataInputStream in = files.open(path)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "localhost";
        }
    }
}
