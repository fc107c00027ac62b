package org.offerstorm.local.servers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import redis.embedded.core.ExecutableProvider;

/** Finds the redis-server that {@link EmbeddedRedis} and the cluster run. */
public final class RedisExecutable {
    /** System property: a redis-server (6.2 or later) to run in place of the bundled one. */
    public static final String PROPERTY = "offerstorm.redis-server";

    private RedisExecutable() {}

    /** Where {@link #in} finds or puts it. */
    public static Path path(Path directory) {
        String configured = System.getProperty(PROPERTY, "");
        return configured.isBlank()
                ? directory.resolve("bin").resolve("redis-server")
                : Path.of(configured).toAbsolutePath();
    }

    /**
     * The executable that {@link #PROPERTY} names, or the bundled one, unpacked to {@code bin/redis-server} below {@code
     * directory}.
     */
    public static Path in(Path directory) throws IOException {
        String configured = System.getProperty(PROPERTY, "");
        if (!configured.isBlank()) {
            Path executable = path(directory);
            if (!Files.isExecutable(executable)) {
                throw new IOException(PROPERTY + " is " + executable + ", which is not an executable file");
            }
            return executable;
        }
        if (File.separatorChar == '\\') {
            throw new IOException("the bundled Redis cannot run in the background on Windows; use WSL 2");
        }
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Path unpacked;
        try {
            unpacked = ExecutableProvider.newJarResourceProvider(bin.toFile())
                    .get()
                    .toPath();
        } catch (IOException | RuntimeException e) {
            throw new IOException(
                    "cannot unpack the bundled redis-server for " + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + " to " + bin + "; name an installed one with -D"
                            + PROPERTY
                            + "=/usr/bin/redis-server",
                    e);
        }
        // Under another name: the library deletes what it unpacked when the JVM ends, and a running file cannot be
        // written over.
        return Files.move(unpacked, bin.resolve("redis-server"), StandardCopyOption.REPLACE_EXISTING);
    }
}
