package org.offerstorm.local.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/**
 * A real PostgreSQL in separate processes that keeps what it acknowledged. It listens on 127.0.0.1 only, by no socket of
 * the file system, and writes to its directory only. It runs in a separate session: Ctrl-C in the terminal does not end it
 * before its clients. If this JVM is killed, it keeps running, and the next {@link #start} on the directory ends it first.
 * It has a database {@value #NAME}, whose owner is the role {@value #NAME}: not a superuser, and asked for no password.
 * The superuser {@code postgres} has a random password, in the file {@code password}. One caller at a time for a directory.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    /** Database and role. */
    public static final String NAME = "offerstorm";

    private static final String HOST = "127.0.0.1";
    private static final String SUPERUSER = "postgres";
    /** It takes tenths of a second, but a busy machine longer. */
    private static final Duration UP = Duration.ofMinutes(1);
    /** Until it answers: after a crash it reads its log. */
    private static final Duration RECOVERED = Duration.ofMinutes(5);

    private static final Duration ENDED = Duration.ofSeconds(10);

    private static final Object LAUNCH = new Object();
    private static boolean ending;

    private final PostgresData data;
    private final PostgresProcess process;
    private final int port;
    private final long pid;
    private final String password;

    private EmbeddedPostgres(PostgresData data, PostgresProcess process, int port, long pid) throws IOException {
        this.data = data;
        this.process = process;
        this.port = port;
        this.pid = pid;
        this.password = data.password();
    }

    /** As {@link #start(Path, int, PostgresOptions)} with no further options. */
    public static EmbeddedPostgres start(Path directory, int port) throws IOException {
        return start(directory, port, PostgresOptions.NONE);
    }

    /**
     * Starts a server over the data in {@code directory}, which is made if it is missing, and waits until it answers. The
     * programs are the bundled ones, or those that the system property {@code offerstorm.postgres-bin} names.
     *
     * @param port 0 for a free one
     * @throws IOException if it does not come up; the message says why and what to do
     */
    public static EmbeddedPostgres start(Path directory, int port, PostgresOptions options) throws IOException {
        return start(directory, port, options, PostgresUser.choose());
    }

    static EmbeddedPostgres start(Path directory, int port, PostgresOptions options, PostgresUser user)
            throws IOException {
        Path home = Files.createDirectories(directory).toRealPath();
        endOrphan(home);
        PostgresData data = PostgresData.in(home, user);
        return FreePorts.listen(port, chosen -> startOn(chosen, home, data, options));
    }

    private static EmbeddedPostgres startOn(int chosen, Path home, PostgresData data, PostgresOptions options)
            throws IOException {
        FreePorts.requireFree(chosen, "PostgreSQL");
        data.configure(chosen, options);
        PostgresProcess process = PostgresProcess.of(home);
        try {
            EmbeddedPostgres server = new EmbeddedPostgres(data, process, chosen, launch(data, process));
            server.awaitAnswer();
            return server;
        } catch (IOException | RuntimeException e) {
            process.kill(ENDED);
            throw e;
        }
    }

    /** Of the role and database {@value #NAME}: {@code postgresql://offerstorm@127.0.0.1:port/offerstorm}. */
    public String uri() {
        return uri(port);
    }

    /** As {@link #uri()}, of a server or a proxy at a port. */
    public static String uri(int port) {
        return "postgresql://" + NAME + "@" + HOST + ":" + port + "/" + NAME;
    }

    /** Of the superuser, with its password, and the database {@value #NAME}. */
    public String superuserUri() {
        return "postgresql://" + SUPERUSER + ":" + password + "@" + HOST + ":" + port + "/" + NAME;
    }

    /** A connection of the role {@value #NAME} to its database. */
    public Connection connect() throws SQLException {
        return PostgresData.connect(port, NAME, NAME, "");
    }

    /** A connection of the superuser to the database {@value #NAME}. */
    public Connection connectAsSuperuser() throws SQLException {
        return PostgresData.connect(port, NAME, SUPERUSER, password);
    }

    public int port() {
        return port;
    }

    /** Of the server's first process. */
    public long pid() {
        return pid;
    }

    /** SIGKILL to all its processes, in the midst of what they do. Does nothing if they have ended already. */
    public void kill() throws IOException {
        process.kill(ENDED);
    }

    /** Ends the server and waits for it; the data stay. Does nothing if it has ended already. */
    @Override
    public void close() throws IOException {
        end(data, process);
    }

    /**
     * Ends the server that a killed process left running over {@code directory}, if there is one.
     *
     * @throws IOException if it does not end
     */
    public static void endOrphan(Path directory) throws IOException {
        if (Files.exists(directory)) {
            // At once: what was acknowledged is in its log.
            PostgresProcess.of(directory.toRealPath()).kill(ENDED);
        }
    }

    /**
     * As {@link #endOrphan}, for the last moments of this process: a server that is just starting ends too, and none is
     * started any more.
     */
    public static void endForGood(Path directory) throws IOException {
        synchronized (LAUNCH) {
            ending = true;
            endOrphan(directory);
        }
    }

    /** The time in which a crash of this JVM would leave no trace of the server: from the fork to the named process. */
    private static long launch(PostgresData data, PostgresProcess process) throws IOException {
        synchronized (LAUNCH) {
            if (ending) {
                throw new IOException("this process is ending; no PostgreSQL is started any more");
            }
            data.launch(process);
            return awaitServer(data, process).pid();
        }
    }

    private static ProcessHandle awaitServer(PostgresData data, PostgresProcess process) throws IOException {
        long deadline = System.nanoTime() + UP.toNanos();
        while (true) {
            Optional<ProcessHandle> server = process.server();
            if (server.isPresent()) {
                return server.get();
            }
            if (System.nanoTime() > deadline || data.log().contains("FATAL:")) {
                throw new IOException("postgres did not start; its log ends: " + data.log());
            }
            PostgresProcess.pause();
        }
    }

    private void awaitAnswer() throws IOException {
        long deadline = System.nanoTime() + RECOVERED.toNanos();
        while (true) {
            try (Connection connection = PostgresData.connect(port, SUPERUSER, SUPERUSER, password);
                    Statement statement = connection.createStatement();
                    ResultSet name = statement.executeQuery("SHOW cluster_name")) {
                if (name.next() && name.getString(1).equals(process.name())) {
                    return;
                }
                throw new IOException("another PostgreSQL answers on port " + port + "; choose another port");
            } catch (SQLException e) {
                boolean alive =
                        ProcessHandle.of(pid).filter(PostgresProcess::isAlive).isPresent();
                if (!alive || System.nanoTime() > deadline) {
                    throw new IOException(
                            "postgres ended or does not answer on " + HOST + ":" + port + "; its log ends: "
                                    + data.log(),
                            e);
                }
                PostgresProcess.pause();
            }
        }
    }

    private static void end(PostgresData data, PostgresProcess process) throws IOException {
        if (process.server().isEmpty()) {
            process.kill(ENDED); // what a killed server left
            return;
        }
        data.stop();
        long deadline = System.nanoTime() + ENDED.toNanos();
        while (process.server().isPresent() && System.nanoTime() < deadline) {
            PostgresProcess.pause();
        }
        process.kill(ENDED);
    }
}
