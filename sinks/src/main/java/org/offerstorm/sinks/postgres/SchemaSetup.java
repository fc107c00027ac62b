package org.offerstorm.sinks.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.offerstorm.core.sink.SetupStep;

/** Makes the schema and its tables, or brings them to this version, and makes the months' partitions. Used by one thread. */
public final class SchemaSetup implements SetupStep {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** The default partition may have years of versions, which move. */
    private static final Duration MOVING = Duration.ofHours(6);

    /** The files of conf/postgres, from version 1 on. */
    private static final List<String> VERSIONS = List.of("offers");

    private static final String IS_OWNER =
            "select pg_has_role(relowner, 'usage') from pg_class where oid = to_regclass(?)";

    private final PostgresConfig config;
    private final InstantSource clock;
    private final String where;

    /**
     * Does not connect.
     *
     * @throws IllegalArgumentException if {@code postgres.url} is not an address
     */
    public SchemaSetup(PostgresConfig config) {
        this(config, InstantSource.system());
    }

    SchemaSetup(PostgresConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
        this.where = PostgresConnection.shown(config);
    }

    @Override
    public String name() {
        return "postgres schema";
    }

    @Override
    public String where() {
        return where + " " + config.schema();
    }

    @Override
    public String detail() {
        return "of conf/postgres";
    }

    /**
     * {@inheritDoc}
     *
     * <p>All of it is one transaction. A role that does not own the tables makes nothing, and needs nothing but to find them.
     */
    @Override
    public boolean make() throws IOException {
        try (PostgresConnection connection = new PostgresConnection(config)) {
            connection.begin(PATIENCE);
            Connection jdbc = connection.get();
            jdbc.setAutoCommit(false);
            boolean made = make(connection, jdbc);
            jdbc.commit();
            return made;
        } catch (SQLException e) {
            String message = "postgres " + where() + ": " + PostgresConnection.describe(e);
            String fix = fix(e);
            throw fix == null ? new IOException(message, e) : new NotMade(message, fix, e);
        } catch (IllegalArgumentException e) { // a secret that is missing, or makes no address
            throw new IOException("postgres " + where() + ": " + PostgresConnection.describe(e), e);
        }
    }

    private boolean make(PostgresConnection connection, Connection jdbc) throws SQLException, NotMade {
        try (Statement statement = jdbc.createStatement()) {
            statement.execute("set local statement_timeout to 0");
            statement.execute("select pg_advisory_xact_lock(hashtext('offerstorm setup'))"); // one setup at a time
            boolean isNew = value(jdbc, "select to_regnamespace(?)", "\"" + config.schema() + "\"") == null;
            if (isNew) {
                statement.execute("create schema \"" + config.schema() + "\"");
            }
            int version = isNew || value(jdbc, "select to_regclass(?)", "schema_version") == null
                    ? 0
                    : PostgresCheck.schemaVersion(jdbc);
            if (version > VERSIONS.size()) {
                throw new NotMade(
                        "postgres " + where() + " has tables of version " + version + ", this program makes version "
                                + VERSIONS.size(),
                        "use the program that made them, or a newer one",
                        null);
            }
            for (int next = version + 1; next <= VERSIONS.size(); next++) {
                String description = VERSIONS.get(next - 1);
                statement.execute(load("conf/postgres/V" + next + "__" + description + ".sql"));
                statement.execute("insert into schema_version (version, description) values (" + next + ", '"
                        + description + "')");
            }
            return makeMonths(connection, jdbc) || version < VERSIONS.size();
        }
    }

    private boolean makeMonths(PostgresConnection connection, Connection jdbc) throws SQLException, NotMade {
        YearMonth now = YearMonth.from(clock.instant().atZone(ZoneOffset.UTC));
        if (!"t".equals(value(jdbc, IS_OWNER, "offer_versions"))) {
            List<YearMonth> soon = Months.missing(jdbc, now, now.plusMonths(1));
            if (!soon.isEmpty()) {
                throw new NotMade(
                        "postgres " + where() + ": offer_versions has no partition for " + soon
                                + ", and this role does not own the table",
                        "run setup as its owner: -c postgres.url=postgresql://owner:password@…",
                        null);
            }
            return false;
        }
        List<YearMonth> missing = Months.missing(jdbc, now.minusMonths(Months.BEFORE), now.plusMonths(Months.AFTER));
        if (missing.isEmpty()) {
            return false;
        }
        try (Statement statement = jdbc.createStatement()) {
            statement.execute("select from source_identity for update"); // no writer in the meantime
        }
        connection.begin(MOVING);
        connection.get();
        for (YearMonth month : missing) {
            Months.make(jdbc, month);
        }
        return true;
    }

    private static String fix(SQLException e) {
        return switch (String.valueOf(e.getSQLState())) {
            case "3D000" ->
                "create the database: createdb --encoding=UTF8 --template=template0 NAME, or correct postgres.url";
            case "42501" ->
                "run setup as the owner of the database or of the schema: -c"
                        + " postgres.url=postgresql://owner:password@…; docs/postgres.md has the roles";
            case "28P01", "28000" -> SqlStates.advice(e);
            case "55P03" -> "a query or a transaction is still using the tables; run setup again when it has ended";
            default -> null;
        };
    }

    private static String value(Connection jdbc, String query, String argument) throws SQLException {
        try (PreparedStatement statement = jdbc.prepareStatement(query)) {
            statement.setString(1, argument);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    private static String load(String resource) {
        try (InputStream in = Objects.requireNonNull(
                SchemaSetup.class.getClassLoader().getResourceAsStream(resource),
                resource + " is missing on the class path; build the jar again")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + resource + " from the class path", e);
        }
    }
}
