package org.offerstorm.sinks.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.offerstorm.core.check.Check;
import org.offerstorm.core.check.Finding;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.core.sink.HealthContext;

/** Whether the database will take the sink's writes and keep them. Reads only. */
public final class PostgresHealth implements Check {
    private static final String NAME = "postgres";
    /** Updates of partitioned tables go to the partition by its key from 14 on. */
    private static final int OLDEST = 140_000;
    /** The sink has one, each spout task one, and commands have one each. */
    private static final int FEW_CONNECTIONS = 5;

    private static final Duration MAX_SKEW = Duration.ofSeconds(30);

    private static final String SERVER = """
            select current_setting('server_version_num')::integer, current_setting('server_version'),
                pg_is_in_recovery(), current_setting('transaction_read_only')::boolean,
                current_setting('server_encoding'), current_setting('fsync')::boolean,
                current_setting('full_page_writes')::boolean, clock_timestamp(),
                least(current_setting('max_connections')::integer
                    - current_setting('superuser_reserved_connections')::integer
                    - (select count(*) from pg_stat_activity where backend_type = 'client backend'),
                  (select nullif(rolconnlimit, -1) from pg_roles where rolname = current_user)
                    - (select count(*) from pg_stat_activity where usename = current_user)), current_user""";

    private final PostgresConfig config;
    private final HealthContext context;
    private final String where;

    /**
     * Does not connect.
     *
     * @throws IllegalArgumentException if {@code postgres.url} is not an address
     */
    PostgresHealth(PostgresConfig config, HealthContext context) {
        this.config = config;
        this.context = context;
        this.where = PostgresConnection.shown(config);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String where() {
        return where;
    }

    @Override
    public void run(Consumer<Finding> found) {
        try (PostgresConnection connection = new PostgresConnection(config)) {
            connection.begin();
            Connection jdbc = connection.get();
            if (server(jdbc, found) && tables(jdbc, found)) {
                months(jdbc, found);
                permissions(jdbc, found);
                stored(jdbc, found); // last: it waits for Kafka
            }
        } catch (Secrets.Unresolved e) {
            found.accept(Finding.fail(NAME, where, e.getMessage(), e.fix("postgres.url")));
        } catch (IllegalArgumentException e) { // the address that a secret makes
            found.accept(Finding.fail(NAME, where, e.getMessage(), "correct postgres.url, or the secret it names"));
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            found.accept(Finding.fail(
                    NAME,
                    where,
                    (state.startsWith("08")
                                    ? "cannot be reached: "
                                    : state.startsWith("28") ? "refuses the login: " : "answers, but refuses: ")
                            + PostgresConnection.describe(e),
                    Optional.ofNullable(SqlStates.advice(e)).orElse("see the server's log")));
        }
    }

    /** Whether it is worth to look further. */
    private boolean server(Connection jdbc, Consumer<Finding> found) throws SQLException {
        try (Statement statement = jdbc.createStatement();
                ResultSet row = statement.executeQuery(SERVER)) {
            row.next();
            String version = row.getString(2);
            if (row.getInt(1) < OLDEST) {
                found.accept(Finding.fail(
                        NAME, where, "is version " + version, "install PostgreSQL 14 or later (15 is proved)"));
                return false;
            }
            if (row.getBoolean(3)) {
                found.accept(Finding.fail(
                        NAME, where, "is a replica, which takes no writes", "name the primary in postgres.url"));
                return false;
            }
            if (row.getBoolean(4)) {
                found.accept(Finding.fail(
                        NAME,
                        where,
                        "is read-only: default_transaction_read_only is on",
                        "switch it off for this role: alter role … set default_transaction_read_only to off"));
                return false;
            }
            if (!row.getString(5).equals(PostgresCheck.ENCODING)) {
                found.accept(Finding.fail(
                        "postgres encoding",
                        where,
                        "is " + row.getString(5) + ", which lacks characters of offers",
                        "create the database with encoding 'UTF8' and template template0"));
                return false;
            }
            found.accept(
                    Finding.ok(NAME, where, "PostgreSQL " + version + ", a primary, as role " + row.getString(10)));
            found.accept(persistence(row.getBoolean(6), row.getBoolean(7)));
            clock(row.getObject(8, OffsetDateTime.class).toInstant(), found);
            connections(row.getInt(9), found);
            return true;
        }
    }

    private Finding persistence(boolean fsync, boolean fullPages) {
        String name = "postgres persistence";
        if (!fsync || !fullPages) {
            return Finding.warn(
                    name,
                    where,
                    (fsync ? "full_page_writes" : "fsync") + " is off: a crash of the machine can damage the tables",
                    "alter system set " + (fsync ? "full_page_writes" : "fsync")
                            + " to on, and select pg_reload_conf()");
        }
        return Finding.ok(name, where, "fsync, and each commit waits for the disk");
    }

    private void clock(Instant theirs, Consumer<Finding> found) {
        Duration skew = Duration.between(context.clock().instant(), theirs).abs();
        if (skew.compareTo(MAX_SKEW) > 0) {
            found.accept(Finding.warn(
                    "postgres clock",
                    where,
                    "differs from this machine's by " + skew.toSeconds() + " s; queries with now() are off by as much",
                    "let both machines take their time from NTP"));
        }
    }

    private void connections(int free, Consumer<Finding> found) {
        if (free < FEW_CONNECTIONS) {
            found.accept(Finding.warn(
                    "postgres connections",
                    where,
                    free + " are free; the sink needs one, each spout task one, and each command one",
                    "raise max_connections or the role's connection limit, or end other clients"));
        }
    }

    private boolean tables(Connection jdbc, Consumer<Finding> found) throws SQLException {
        String name = "postgres schema";
        String refusal = PostgresCheck.refusal(jdbc, config);
        if (refusal == null) {
            found.accept(
                    Finding.ok(name, where, config.schema() + ", tables of version " + PostgresCheck.SCHEMA_VERSION));
            return true;
        }
        int semicolon = refusal.indexOf("; ");
        found.accept(Finding.fail(
                name,
                where,
                config.schema() + " " + refusal.substring(0, semicolon),
                refusal.substring(semicolon + 2)));
        return false;
    }

    private void months(Connection jdbc, Consumer<Finding> found) throws SQLException {
        YearMonth now = YearMonth.from(context.clock().instant().atZone(ZoneOffset.UTC));
        List<YearMonth> missing = Months.missing(jdbc, now, now.plusMonths(1));
        if (!missing.isEmpty()) {
            found.accept(Finding.warn(
                    "postgres months",
                    where,
                    "offer_versions has no partition for " + missing + "; its default partition takes them, and grows",
                    "run 'offerstorm setup' as the owner of the tables"));
        }
    }

    private void permissions(Connection jdbc, Consumer<Finding> found) throws SQLException {
        String name = "postgres permissions";
        List<String> missing = Rights.missing(jdbc, config.schema());
        found.accept(
                missing.isEmpty()
                        ? Finding.ok(name, where, "the role may do what the sink does")
                        : Finding.fail(
                                name,
                                where,
                                "the role lacks rights",
                                "run as the owner of the tables: " + String.join("; ", missing)));
    }

    private void stored(Connection jdbc, Consumer<Finding> found) throws SQLException {
        String name = "postgres state";
        try (Statement statement = jdbc.createStatement();
                ResultSet row = statement.executeQuery("select consumer_group from source_identity")) {
            if (row.next() && !row.getString(1).equals(context.group())) {
                found.accept(Finding.warn(
                        name,
                        where,
                        "was last written by group " + row.getString(1) + ", and source.group is " + context.group(),
                        "see that only one topology writes to " + config.schema()));
            }
        }
        Optional<Source> stream = context.source().get();
        if (stream.isEmpty()) {
            return;
        }
        try (PostgresCoverage coverage = new PostgresCoverage(config)) {
            Map<Integer, Long> covered = coverage.coverage(stream.get());
            found.accept(Finding.ok(
                    name,
                    where,
                    covered.isEmpty()
                            ? config.schema() + " has nothing of this topic yet"
                            : config.schema() + " has this topic, " + covered.size() + " partitions"));
        } catch (IOException e) {
            found.accept(Finding.fail(
                    name, where, PostgresConnection.describe(e), "see what postgres.schema and source.epoch must be"));
        }
    }
}
