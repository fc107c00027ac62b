package org.offerstorm.local.servers;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Where initdb, pg_ctl and postgres are: the installed ones that a system property names, or the bundled ones (Linux on
 * x86-64), unpacked below the directory that they serve, 60 MB in a second.
 */
public final class PostgresPrograms {
    /** System property: the directory that holds the initdb, pg_ctl and postgres (14 or later) to run in place of the bundled ones. */
    public static final String PROPERTY = "offerstorm.postgres-bin";

    /** Within double quotes a shell does something with these, and initdb and pg_ctl run what they need by a shell. */
    private static final String REFUSED = "\"$`\\\n\r";

    private static final String UNPACKED = "programs";
    private static final String MARK = "archive";
    private static final int EXECUTABLE = 0100;

    /** Where this process unpacked them; may be deleted by now. */
    private static volatile Path last;

    private PostgresPrograms() {}

    /**
     * The directory of the programs, which are unpacked if they are not there yet.
     *
     * @throws IOException if there are none for this machine, or they cannot run from there; says what to do
     */
    static Path in(Path directory) throws IOException {
        Path bin = path(directory);
        for (int i = 0; i < REFUSED.length(); i++) {
            if (bin.toString().indexOf(REFUSED.charAt(i)) >= 0) {
                throw new IOException("PostgreSQL's programs cannot run from " + bin
                        + ": its name has a quote, $, `, \\ or line end; choose a directory with another name");
            }
        }
        if (System.getProperty(PROPERTY, "").isBlank()) {
            unpack(directory);
        }
        for (String program : new String[] {"initdb", "pg_ctl", "postgres"}) {
            if (!Files.isExecutable(bin.resolve(program))) {
                throw new IOException(
                        bin.resolve(program) + " is not an executable file; name the directory of PostgreSQL's"
                                + " programs with -D" + PROPERTY + "=/usr/lib/postgresql/15/bin");
            }
        }
        return bin;
    }

    /** Where {@link #in} finds or puts them. */
    static Path path(Path directory) {
        String configured = System.getProperty(PROPERTY, "");
        return configured.isBlank()
                ? directory.resolve(UNPACKED).resolve("bin")
                : Path.of(configured).toAbsolutePath();
    }

    private static void unpack(Path directory) throws IOException {
        String name = "/postgres-" + system() + "-" + architecture() + ".txz";
        URL archive = PostgresPrograms.class.getResource(name);
        if (archive == null) {
            throw new IOException("no PostgreSQL is bundled for " + System.getProperty("os.name") + " on "
                    + System.getProperty("os.arch") + "; install it and run with -D" + PROPERTY
                    + "=/usr/lib/postgresql/15/bin");
        }
        Path unpacked = directory.resolve(UNPACKED);
        String mark = archive.openConnection().getContentLengthLong() + " bytes\n";
        Path marked = unpacked.resolve(MARK);
        if (Files.exists(marked) && Files.readString(marked).equals(mark)) {
            return;
        }
        Path partial = directory.resolve(UNPACKED + ".new");
        FileTree.delete(partial);
        FileTree.delete(unpacked);
        Files.createDirectories(partial);
        if (!linkTo(partial)) {
            try (InputStream in = archive.openStream();
                    TarArchiveInputStream tar =
                            new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(in, 1 << 16)))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    unpack(tar, entry, partial);
                }
            }
            Files.writeString(partial.resolve(MARK), mark);
        }
        Files.move(partial, unpacked, StandardCopyOption.ATOMIC_MOVE);
        last = unpacked;
    }

    /** Many servers of one process share the files on disk. */
    private static boolean linkTo(Path partial) throws IOException {
        Path present = last;
        if (present == null || !Files.exists(present.resolve(MARK))) {
            return false;
        }
        try (Stream<Path> files = Files.walk(present)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path to = partial.resolve(present.relativize(file));
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(to);
                } else if (Files.isSymbolicLink(file)) {
                    Files.createSymbolicLink(to, Files.readSymbolicLink(file));
                } else {
                    Files.createLink(to, file);
                }
            }
            return true;
        } catch (IOException | UncheckedIOException e) { // on another file system, or just being deleted
            FileTree.delete(partial);
            Files.createDirectories(partial);
            return false;
        }
    }

    private static void unpack(InputStream content, TarArchiveEntry entry, Path to) throws IOException {
        Path file = to.resolve(entry.getName()).normalize();
        if (!file.startsWith(to)) {
            throw new IOException("archive of PostgreSQL has an entry outside its directory: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, file);
        if ((entry.getMode() & EXECUTABLE) != 0 && !file.toFile().setExecutable(true)) {
            throw new IOException(file + " cannot be made executable");
        }
    }

    private static String system() {
        String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return name.startsWith("mac") ? "darwin" : name.startsWith("windows") ? "windows" : "linux";
    }

    private static String architecture() {
        return switch (System.getProperty("os.arch", "")) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64" -> "arm_64";
            default -> "other";
        };
    }
}
