package org.offerstorm.local.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a program that starts its processes itself runs the server of {@link EmbeddedPostgres}: {@link #prepare}, then the
 * command, at work in the directory, until it gets SIGINT; what it prints is its log.
 *
 * @param directory of the server, absolute
 * @param port where it listens
 * @param tls how it is closed; empty: open to everybody on this machine
 */
public record PostgresCommand(Path directory, int port, Optional<PostgresTls> tls) {
    private static final Duration ENDED = Duration.ofSeconds(10);

    /**
     * Program and arguments. Starts nothing but a program that shows as whom PostgreSQL can run, if this is root.
     *
     * @throws IOException if it cannot run here; says what to do
     */
    public List<String> command() throws IOException {
        List<String> command = new ArrayList<>(PostgresUser.choose().prefix());
        command.add(PostgresPrograms.path(directory).resolve("postgres").toString());
        command.addAll(List.of("-D", "data", process().argument()));
        return command;
    }

    /** Before each start: unpacks the programs, makes data if there are none, and ends what a killed server left. */
    public void prepare() throws IOException {
        Files.createDirectories(directory);
        process().kill(ENDED);
        PostgresData.in(directory, PostgresUser.choose(), tls).configure(port, PostgresOptions.NONE);
    }

    /** Returns if it serves. */
    public void check() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
        }
    }

    private Connection connect() throws SQLException {
        return tls.isPresent()
                ? PostgresData.connect(port, EmbeddedPostgres.NAME, tls.get().login())
                : PostgresData.connect(port, EmbeddedPostgres.NAME, EmbeddedPostgres.NAME, "");
    }

    /** Of the role and database {@value EmbeddedPostgres#NAME}. */
    public String uri() {
        return EmbeddedPostgres.uri(port);
    }

    private PostgresProcess process() {
        return PostgresProcess.of(directory);
    }
}
