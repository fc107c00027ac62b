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
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.offerstorm.core.sink.SetupStep;

/** Makes the schema and its tables, or brings them to this version, and makes the months' partitions. Used by one thread. */
public final class SchemaSetup implements SetupStep {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Months that have a partition, before and after this one. */
    static final int MONTHS_BEFORE = 12;

    static final int MONTHS_AFTER = 24;

    private final PostgresConfig config;
    private final String where;

    /**
     * Does not connect.
     *
     * @throws IllegalArgumentException if {@code postgres.url} is not an address
     */
    public SchemaSetup(PostgresConfig config) {
        this.config = config;
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
     * <p>The database must exist. All of it is one transaction.
     */
    @Override
    public boolean make() throws IOException {
        try (PostgresConnection connection = new PostgresConnection(config)) {
            connection.begin(PATIENCE);
            Connection jdbc = connection.get();
            jdbc.setAutoCommit(false);
            boolean made = make(jdbc);
            jdbc.commit();
            return made;
        } catch (SQLException | RuntimeException e) {
            throw new IOException("postgres " + where + ": " + PostgresConnection.describe(e), e);
        }
    }

    private boolean make(Connection jdbc) throws SQLException {
        boolean made = false;
        try (Statement statement = jdbc.createStatement()) {
            statement.execute("set local statement_timeout to 0");
            statement.execute("create schema if not exists \"" + config.schema() + "\"");
            if (version(jdbc) < 1) {
                statement.execute(load("conf/postgres/V1__offers.sql"));
                statement.execute("insert into schema_version (version, description) values (1, 'offers')");
                made = true;
            }
            YearMonth now = YearMonth.now(ZoneOffset.UTC);
            for (YearMonth month = now.minusMonths(MONTHS_BEFORE);
                    !month.isAfter(now.plusMonths(MONTHS_AFTER));
                    month = month.plusMonths(1)) {
                statement.execute("create table if not exists offer_versions_"
                        + month.toString().replace('-', '_')
                        + " partition of offer_versions for values from ('" + month + "-01 00:00:00+00') to ('"
                        + month.plusMonths(1) + "-01 00:00:00+00')");
            }
        }
        return made;
    }

    private int version(Connection jdbc) throws SQLException {
        try (PreparedStatement exists = jdbc.prepareStatement("select to_regclass(?)")) {
            exists.setString(1, "\"" + config.schema() + "\".schema_version");
            try (ResultSet row = exists.executeQuery()) {
                row.next();
                if (row.getString(1) == null) {
                    return 0;
                }
            }
        }
        try (Statement statement = jdbc.createStatement();
                ResultSet row = statement.executeQuery("select coalesce(max(version), 0) from schema_version")) {
            row.next();
            return row.getInt(1);
        }
    }

    static String load(String resource) {
        try (InputStream in = SchemaSetup.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing on the class path; build the jar again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + resource + " from the class path", e);
        }
    }
}
