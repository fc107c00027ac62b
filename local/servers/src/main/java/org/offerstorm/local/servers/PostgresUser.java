package org.offerstorm.local.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * As whom PostgreSQL's programs run, which refuse root: as this user, or, if this is root, in a user namespace where it
 * is nobody, or as user {@value #NOBODY} who may pass over the rights of files (so that no directory above the data must be
 * opened to it).
 *
 * @param prefix of a command
 * @param owner who owns the data, a user's number; -1 for this user, whoever it is
 */
record PostgresUser(List<String> prefix, int owner) {
    private static final int ROOT = 0;
    private static final int NOBODY = 65_534;

    static final PostgresUser SELF = new PostgresUser(List.of(), -1);
    static final PostgresUser NAMESPACE = new PostgresUser(List.of("unshare", "--user"), ROOT);
    static final PostgresUser OTHER = new PostgresUser(
            List.of(
                    "setpriv",
                    "--reuid=" + NOBODY,
                    "--regid=" + NOBODY,
                    "--clear-groups",
                    "--inh-caps=+dac_override",
                    "--ambient-caps=+dac_override",
                    "--securebits=+no_setuid_fixup"), // without it access(2) goes by the user's rights alone
            NOBODY);

    private static final long PROBE_SECONDS = 30;

    /**
     * The first of them that this system allows.
     *
     * @throws IOException if this is root, and no other way is allowed
     */
    static PostgresUser choose() throws IOException {
        if (!isRoot()) {
            return SELF;
        }
        if (NAMESPACE.isAllowed()) {
            return NAMESPACE;
        }
        if (OTHER.isAllowed()) {
            return OTHER;
        }
        throw new IOException("this is root, and PostgreSQL refuses to run as root; neither \""
                + String.join(" ", NAMESPACE.prefix) + "\" nor \"" + String.join(" ", OTHER.prefix)
                + "\" is allowed or installed (package util-linux) here; run as another user");
    }

    /** Gives the data to their owner; they may be of a start in another way. */
    void own(Path data) throws IOException {
        if (owner < 0 || !Files.exists(data) || owner == uid(data)) {
            return;
        }
        Files.walkFileTree(data, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                return give(file);
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                return give(directory); // the top one last: if that is done, all is
            }
        });
    }

    boolean isAllowed() throws IOException {
        Process probe;
        try {
            List<String> command = new ArrayList<>(prefix);
            command.add("true");
            probe = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) { // not installed
            return false;
        }
        try {
            if (probe.waitFor(PROBE_SECONDS, TimeUnit.SECONDS)) {
                return probe.exitValue() == 0;
            }
            probe.destroyForcibly();
            return false;
        } catch (InterruptedException e) {
            probe.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking for \"" + String.join(" ", prefix) + "\"", e);
        }
    }

    static boolean isRoot() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                ? Files.readAllLines(status, StandardCharsets.ISO_8859_1).stream()
                        .anyMatch(line -> line.matches("Uid:\\s+[0-9]+\\s+" + ROOT + "\\s.*")) // the effective one
                : System.getProperty("user.name", "").equals("root");
    }

    private FileVisitResult give(Path path) throws IOException {
        Files.setAttribute(path, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
        return FileVisitResult.CONTINUE;
    }

    private static int uid(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }
}
