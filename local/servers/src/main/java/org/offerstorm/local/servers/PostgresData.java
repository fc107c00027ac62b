package org.offerstorm.local.servers;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * The directory of one server: {@code programs}, {@code data}, {@code password} (of the superuser), {@code postgres.conf}
 * and {@code postgres.log}. One caller at a time.
 */
final class PostgresData {
    private static final Duration COMMAND = Duration.ofMinutes(2);
    private static final int PASSWORD_BYTES = 16;
    private static final int LOG_LINES = 5;

    private final Path directory;
    private final Path programs;
    private final PostgresUser user;
    private final Optional<PostgresTls> tls;

    private PostgresData(Path directory, Path programs, PostgresUser user, Optional<PostgresTls> tls) {
        this.directory = directory;
        this.programs = programs;
        this.user = user;
        this.tls = tls;
    }

    /** The directory with its programs, and data of an empty server if there are none. */
    static PostgresData in(Path directory, PostgresUser user) throws IOException {
        return in(directory, user, Optional.empty());
    }

    /** As {@link #in(Path, PostgresUser)}, of a server that is closed so from its first start on. */
    static PostgresData in(Path directory, PostgresUser user, Optional<PostgresTls> tls) throws IOException {
        PostgresData it = new PostgresData(directory, PostgresPrograms.in(directory), user, tls);
        if (!Files.exists(directory.resolve("data"))) {
            it.initialize();
        }
        if (tls.isPresent()) {
            tls.get().copyTo(directory.resolve("data"));
        }
        user.own(directory.resolve("data"));
        return it;
    }

    /** Writes the settings of the next start. No process may serve the directory. */
    void configure(int port, PostgresOptions options) throws IOException {
        List<String> settings = new ArrayList<>(List.of(
                "# Written at each start; changes are lost.",
                "listen_addresses = '127.0.0.1'",
                "port = " + port,
                "unix_socket_directories = ''",
                "max_connections = 100",
                "shared_buffers = 64MB",
                "password_encryption = scram-sha-256",
                "timezone = 'UTC'",
                "log_timezone = 'UTC'",
                "log_line_prefix = '%m [%p] '",
                "# Acknowledged is on disk.",
                "fsync = on",
                "full_page_writes = on",
                "synchronous_commit = on"));
        tls.ifPresent(it -> settings.addAll(it.settings()));
        settings.addAll(options.settings());
        Files.write(directory.resolve("postgres.conf"), settings);
        List<String> access = new ArrayList<>();
        access.add("# Written at each start; changes are lost.");
        access.addAll(options.access());
        if (tls.isPresent()) {
            access.addAll(PostgresTls.access());
        } else {
            access.add("host " + EmbeddedPostgres.NAME + " " + EmbeddedPostgres.NAME + " 127.0.0.1/32 trust");
            access.add("host all all 127.0.0.1/32 scram-sha-256");
        }
        Files.write(directory.resolve("data").resolve("pg_hba.conf"), access);
        Files.deleteIfExists(directory.resolve("postgres.log"));
        // No process serves the directory, but its number may belong to somebody else by now, or nobody has reaped it.
        Files.deleteIfExists(directory.resolve("data").resolve("postmaster.pid"));
    }

    /** Starts the server in a separate session, and returns before it answers. */
    void launch(PostgresProcess process) throws IOException {
        run("pg_ctl", "start", "-W", "-s", "-D", "data", "-l", "postgres.log", "-o", process.argument());
    }

    /** Asks the server to end: connections are cut, data written. */
    void stop() throws IOException {
        run("pg_ctl", "stop", "-W", "-s", "-D", "data", "-m", "fast");
    }

    String password() throws IOException {
        return Files.readString(directory.resolve("password")).strip();
    }

    /** The last lines of the server's log. */
    String log() throws IOException {
        return tail(directory.resolve("postgres.log"));
    }

    /** Of a user and database, without a password in it if the user needs none. */
    static Connection connect(int port, String database, String user, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        if (!password.isEmpty()) {
            properties.setProperty("password", password);
        }
        return connect(port, database, properties);
    }

    /** Of a login. */
    static Connection connect(int port, String database, Properties login) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(login);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("loginTimeout", "5");
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, properties);
    }

    private void initialize() throws IOException {
        Path password = directory.resolve("password");
        Files.deleteIfExists(password);
        Files.createFile(password, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        Files.writeString(password, HexFormat.of().formatHex(random) + "\n");
        FileTree.delete(directory.resolve("data.new")); // of a start that was killed
        run(
                "initdb",
                "--pgdata=data.new",
                "--username=postgres",
                "--pwfile=password",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C");
        provideDatabase();
        Files.writeString(
                directory.resolve("data.new").resolve("postgresql.conf"),
                "\ninclude '../postgres.conf'\n",
                StandardOpenOption.APPEND);
        Files.move(directory.resolve("data.new"), directory.resolve("data"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** By a server without clients, which reads commands, a line each. */
    private void provideDatabase() throws IOException {
        Path commands = directory.resolve("database.sql");
        Files.deleteIfExists(commands);
        Files.createFile(commands, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(
                commands,
                List.of(
                        "CREATE ROLE " + EmbeddedPostgres.NAME + " LOGIN"
                                + tls.map(it -> " PASSWORD '" + it.password() + "'")
                                        .orElse(""),
                        "CREATE DATABASE " + EmbeddedPostgres.NAME + " OWNER " + EmbeddedPostgres.NAME));
        run(Redirect.from(commands.toFile()), "postgres", "--single", "-D", "data.new", "postgres");
        Files.delete(commands);
    }

    private void run(String program, String... arguments) throws IOException {
        run(Redirect.PIPE, program, arguments);
    }

    /** Paths are relative to the directory: programs hand them to a shell. */
    private void run(Redirect input, String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(user.prefix());
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        Path output = directory.resolve(program + ".out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(input)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG")); // defaults that a user may have set
        builder.environment().put("LC_ALL", "C");
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new IOException(programs.resolve(program) + " cannot run: " + e.getMessage(), e);
        }
        try {
            if (!process.waitFor(COMMAND.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IOException(program + " does not end; see " + output);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + program, e);
        }
        if (process.exitValue() != 0) {
            throw new IOException(programs.resolve(program) + " failed with exit code " + process.exitValue() + ": "
                    + tail(output) + "\nanother PostgreSQL can be named with -D" + PostgresPrograms.PROPERTY
                    + "=/usr/lib/postgresql/15/bin");
        }
    }

    private static String tail(Path file) throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        return String.join(" / ", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    }
}
