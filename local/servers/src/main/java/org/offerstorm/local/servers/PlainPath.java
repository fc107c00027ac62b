package org.offerstorm.local.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory whose name needs no escaping in a URI. Hadoop's DataNode takes its directory's URI for a format string and
 * cannot start if that has a percent sign, for instance because of a blank; a symbolic link then replaces the directory.
 * After a {@code kill -9} the link is left, in a separate directory below the system's temporary files.
 *
 * @param linkDirectory holds the link; null without one
 * @param atExit removes the link if nobody closes this
 */
public record PlainPath(Path path, Path linkDirectory, Thread atExit) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PlainPath.class);
    private static final Path SYSTEM_TEMPORARY = Path.of("/tmp");

    /**
     * The directory itself if its name will do, else a link to it.
     *
     * @throws IOException if the link cannot be made
     */
    public static PlainPath to(Path directory) throws IOException {
        Path path = directory.toAbsolutePath();
        if (!path.toUri().getRawPath().contains("%")) {
            return new PlainPath(path, null, null);
        }
        Path links = Files.createTempDirectory(SYSTEM_TEMPORARY, "offerstorm-");
        Path link = Files.createSymbolicLink(links.resolve("hdfs"), path);
        Thread atExit = new Thread(() -> remove(link, links), "remove-link");
        Runtime.getRuntime().addShutdownHook(atExit);
        return new PlainPath(link, links, atExit);
    }

    /** Whether a link replaces the directory. */
    public boolean isLink() {
        return linkDirectory != null;
    }

    /** Removes the link, not what it leads to. */
    @Override
    public void close() {
        if (!isLink()) {
            return;
        }
        remove(path, linkDirectory);
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            LOG.debug("The process is ending: {} is being removed", path);
        }
    }

    private static void remove(Path link, Path directory) {
        try {
            Files.deleteIfExists(link);
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            LOG.warn("{} is left behind: {}", link, e.toString());
        }
    }
}
