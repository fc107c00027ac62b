package org.offerstorm.sinks.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.offerstorm.local.servers.EmbeddedPostgres;
import org.offerstorm.local.servers.PostgresOptions;

/**
 * A PostgreSQL for the tests of a class, with empty tables for each test: the owner of the database has made them, and the
 * sink's role has the rights that docs/postgres.md lists, and no others. Register it as a static field.
 */
final class PostgresUnderTest implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    /** Each commit waits for the disk, which may be busy for long. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    static final String SCHEMA = "test";
    static final String ROLE = "offerstorm_sink";
    static final String PASSWORD = "open:sesame/🔑";

    /** A killed process loses nothing by it: only a machine would. */
    static final PostgresOptions FAST =
            new PostgresOptions(List.of("fsync = off", "full_page_writes = off"), List.of());

    private final PostgresOptions options;
    private Path directory;
    private EmbeddedPostgres server;
    private Connection superuser;

    PostgresUnderTest() {
        this(FAST);
    }

    PostgresUnderTest(PostgresOptions options) {
        this.options = options;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        directory = Files.createTempDirectory("offerstorm-postgres");
        server = EmbeddedPostgres.start(directory, 0, options);
        execute("create role " + ROLE + " login password '" + PASSWORD + "'");
        new SchemaSetup(owner()).make();
        grant();
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        execute("delete from offers; delete from offer_tombstones; delete from offer_versions; delete from"
                + " offer_counts; delete from offerstorm_coverage; delete from source_identity");
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        try {
            disconnect();
            if (server != null) {
                server.close();
            }
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted((a, b) -> b.compareTo(a)).forEach(PostgresUnderTest::delete);
            }
        }
    }

    /** As the sink's role. */
    PostgresConfig config() {
        return new PostgresConfig(uri(server.port()), SCHEMA, PATIENCE);
    }

    /** As the owner of the database. */
    PostgresConfig owner() {
        return new PostgresConfig(server.uri(), SCHEMA, PATIENCE);
    }

    /** Address for the sink's role by another port, such as a proxy's. */
    static String uri(int port) {
        return "postgresql://" + ROLE + ":open%3Asesame%2F%F0%9F%94%91@127.0.0.1:" + port + "/" + EmbeddedPostgres.NAME;
    }

    EmbeddedPostgres server() {
        return server;
    }

    Path directory() {
        return directory;
    }

    /** Gives the sink's role what the page says. */
    void grant() throws SQLException, IOException {
        try (Connection jdbc = server.connect();
                Statement statement = jdbc.createStatement()) {
            for (String grant : Page.blocks("create role offerstorm_sink")
                    .get(0)
                    .replace(" offerstorm.", " " + SCHEMA + ".")
                    .split(";", -1)) {
                if (grant.strip().startsWith("grant")) {
                    statement.execute(grant.replace("on schema offerstorm ", "on schema " + SCHEMA + " "));
                }
            }
        }
    }

    /** Runs statements as the superuser, in the test's schema. */
    void execute(String... statements) throws SQLException {
        try (Statement statement = superuser().createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** All rows of a query in the test's schema, each value as text. */
    List<List<String>> rows(String query) throws SQLException {
        try (Statement statement = superuser().createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getString(i));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    /** The only value of a query. */
    String value(String query) throws SQLException {
        return rows(query).get(0).get(0);
    }

    private Connection superuser() throws SQLException {
        if (superuser == null) {
            superuser = server.connectAsSuperuser();
            try (Statement statement = superuser.createStatement()) {
                statement.execute("set search_path to " + SCHEMA + "; set timezone to 'UTC'");
            }
        }
        return superuser;
    }

    private void disconnect() {
        try {
            if (superuser != null) {
                superuser.close();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            superuser = null;
        }
    }

    /** Like a power cut, but for the disk's cache. */
    void kill() throws IOException {
        disconnect();
        server.kill();
    }

    /** Starts it again where it was. */
    void restart() throws IOException {
        disconnect();
        server.close(); // if it still lives
        server = EmbeddedPostgres.start(directory, server.port(), options);
    }

    /** The table by cell key. */
    Map<String, Long> counts() throws IOException {
        try (PostgresCounts table = new PostgresCounts(config())) {
            Map<String, Long> counts = new HashMap<>();
            table.read().forEach((cell, n) -> counts.put(cell.key(), n));
            return counts;
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
