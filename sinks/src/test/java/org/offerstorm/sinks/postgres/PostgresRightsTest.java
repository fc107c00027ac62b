package org.offerstorm.sinks.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.offerstorm.core.check.Finding;
import org.offerstorm.core.check.Finding.Level;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.sink.HealthContext;
import org.offerstorm.core.sink.SetupStep.NotMade;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.WriteResult.Done;
import org.offerstorm.core.sink.WriteResult.Retryable;
import org.offerstorm.sinks.contract.ChunkBuilder;

/** The sink's role may do what it must, and no more; who sets up, and what doctor says of both. */
final class PostgresRightsTest {
    @RegisterExtension
    static final PostgresUnderTest POSTGRES = new PostgresUnderTest();

    private static final Source SOURCE = new Source("offers", "Zk2TqRr3S2mYxJ0nV8c1aA", 1, 1);
    private static final String ROLE = PostgresUnderTest.ROLE;

    private final ChunkBuilder log = new ChunkBuilder(SOURCE);

    @AfterEach
    void restore() throws Exception {
        POSTGRES.execute(
                "alter role " + ROLE + " connection limit -1",
                "alter role " + ROLE + " reset default_transaction_read_only",
                "update schema_version set version = 1",
                "drop schema if exists made cascade");
        POSTGRES.grant();
    }

    @Test
    void the_role_of_the_page_is_enough_for_the_topology_and_for_doctor() {
        try (Sink sink = new PostgresSink(POSTGRES.config(), "g")) {
            assertThat(sink.write(log.upsert("a", Cell.of("Tech", Continent.EU)).cut()))
                    .isEqualTo(new Done(1, 0));
        }
        List<Finding> found = doctor(POSTGRES.config(), Optional.of(SOURCE));
        assertThat(found)
                .extracting(Finding::name)
                .containsExactly(
                        "postgres",
                        "postgres persistence",
                        "postgres schema",
                        "postgres permissions",
                        "postgres state");
        assertThat(found.get(1).level()).isEqualTo(Level.WARN); // the tests' server: fsync is off
        found.remove(1);
        assertThat(found).allSatisfy(finding -> assertThat(finding.level()).isEqualTo(Level.OK));
        assertThat(found.get(0).message()).contains("PostgreSQL 15").contains("primary");
        assertThat(found.get(3).message()).contains("has this topic, 1 partitions");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table test.mine (x integer)",
                "create schema mine",
                "drop table test.offers",
                "alter table test.offers add column x integer",
                "truncate test.offers",
                "delete from test.offer_versions",
                "delete from test.source_identity",
                "update test.schema_version set version = 2",
                "select * from test.offer_versions_default",
                "create role x",
                "copy test.offers to '/tmp/x'",
                "select pg_read_file('/etc/passwd')"
            })
    void the_role_of_the_page_may_do_nothing_else(String statement) throws SQLException {
        try (Connection jdbc = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + POSTGRES.server().port() + "/offerstorm",
                        ROLE,
                        PostgresUnderTest.PASSWORD);
                Statement it = jdbc.createStatement()) {
            assertThatThrownBy(() -> it.execute(statement))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "offers",
                "offer_tombstones",
                "offer_versions",
                "offer_counts",
                "offerstorm_coverage",
                "source_identity"
            })
    void a_right_that_is_missing_holds_and_what_doctor_says_helps(String table) throws Exception {
        try (Sink sink = new PostgresSink(POSTGRES.config(), "others")) {
            assertThat(sink.write(log.upsert("a", Cell.of("Tech", Continent.EU))
                            .delete("b")
                            .cut()))
                    .isEqualTo(new Done(2, 0));
        }
        POSTGRES.execute("revoke update on " + table + " from " + ROLE);
        Finding denied = finding("postgres permissions");
        assertThat(denied.level()).isEqualTo(Level.FAIL);
        try (Sink sink = new PostgresSink(POSTGRES.config(), "g")) {
            assertThat(((Retryable) sink.write(log.upsert("a", Cell.of("Retail", Continent.EU))
                                    .delete("b")
                                    .cut()))
                            .message())
                    .contains("permission denied", "docs/postgres.md");
        }

        POSTGRES.execute(denied.fix().replaceFirst("run as the owner of the tables: ", ""));

        assertThat(finding("postgres permissions").level()).isEqualTo(Level.OK);
    }

    @Test
    void setup_as_the_sinks_role_finds_what_is_there_and_makes_nothing() throws Exception {
        assertThat(new SchemaSetup(POSTGRES.config()).make()).isFalse();

        PostgresConfig other =
                new PostgresConfig(PostgresUnderTest.uri(POSTGRES.server().port()), "made", Duration.ofMinutes(1));
        assertThatThrownBy(() -> new SchemaSetup(other).make()).isInstanceOfSatisfying(NotMade.class, e -> {
            assertThat(e.getMessage())
                    .contains("permission denied for database")
                    .doesNotContain("sesame");
            assertThat(e.fix()).contains("run setup as the owner");
        });
        Instant inTwoYears = Instant.now().plus(Duration.ofDays(760));
        assertThatThrownBy(() -> new SchemaSetup(POSTGRES.config(), () -> inTwoYears).make())
                .isInstanceOfSatisfying(NotMade.class, e -> {
                    assertThat(e.getMessage()).contains("offer_versions has no partition for");
                    assertThat(e.fix()).contains("as its owner");
                });
    }

    @Test
    void setup_is_made_once_and_later_adds_months_also_those_that_the_default_partition_has() throws Exception {
        PostgresConfig owner = new PostgresConfig(POSTGRES.server().uri(), "made", Duration.ofMinutes(1));
        Instant now = Instant.parse("2027-01-31T23:59:59Z");
        assertThat(new SchemaSetup(owner, () -> now).make()).isTrue();
        assertThat(new SchemaSetup(owner, () -> now).make()).isFalse();
        assertThat(months()).hasSize(37).startsWith("offer_versions_2026_01").endsWith("offer_versions_2029_01");
        try (Sink sink = new PostgresSink(owner, "g")) {
            log.timestamp(Instant.parse("2029-01-31T23:59:59.999Z").toEpochMilli());
            for (String id : List.of("january", "february")) { // a millisecond apart
                log.upsert(id, Cell.of("Tech", Continent.EU));
            }
            log.timestamp(Instant.parse("2029-03-01T00:00:00Z").toEpochMilli())
                    .upsert("march", Cell.of("Tech", Continent.EU));
            log.timestamp(-1).upsert("never", Cell.of("Tech", Continent.EU));
            assertThat(sink.write(log.cut())).isEqualTo(new Done(4, 0));
            assertThat(partitions())
                    .isEqualTo(Map.of(
                            "january", "made.offer_versions_2029_01",
                            "february", "made.offer_versions_default",
                            "march", "made.offer_versions_default",
                            "never", "made.offer_versions_default"));

            assertThat(new SchemaSetup(owner, () -> now.plusSeconds(1)).make()).isTrue();
            assertThat(months()).hasSize(38).endsWith("offer_versions_2029_02");
            assertThat(partitions())
                    .containsEntry("february", "made.offer_versions_2029_02")
                    .containsEntry("march", "made.offer_versions_default")
                    .containsEntry("never", "made.offer_versions_default");
            assertThat(sink.write(log.upsert("february", Cell.of("Retail", Continent.EU))
                            .cut()))
                    .isEqualTo(new Done(1, 0)); // a connection with statements that were prepared before
        }
    }

    @Test
    void setup_does_not_wait_for_a_long_query() throws Exception {
        PostgresConfig owner = new PostgresConfig(POSTGRES.server().uri(), "made", Duration.ofSeconds(1));
        assertThat(new SchemaSetup(owner).make()).isTrue();
        Instant inAMonth = Instant.now().plus(Duration.ofDays(31));
        try (Connection other = POSTGRES.server().connectAsSuperuser();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select from made.offer_versions");
            assertThatThrownBy(() -> new SchemaSetup(owner, () -> inAMonth).make())
                    .isInstanceOfSatisfying(
                            NotMade.class, e -> assertThat(e.fix()).contains("still using the tables"));
        }
        assertThat(new SchemaSetup(owner, () -> inAMonth).make()).isTrue();
    }

    @Test
    void a_database_that_is_missing_is_named_with_what_to_do() {
        PostgresConfig missing = new PostgresConfig(
                POSTGRES.server().superuserUri().replace("/offerstorm", "/elsewhere"), "made", Duration.ofMinutes(1));
        assertThatThrownBy(() -> new SchemaSetup(missing).make()).isInstanceOfSatisfying(NotMade.class, e -> {
            assertThat(e.getMessage()).contains("database \"elsewhere\" does not exist");
            assertThat(e.fix()).contains("createdb");
        });
    }

    @Test
    void tables_that_are_missing_older_or_newer_hold_and_are_named() throws Exception {
        PostgresConfig elsewhere =
                new PostgresConfig(PostgresUnderTest.uri(POSTGRES.server().port()), "made", Duration.ofMinutes(1));
        holds(elsewhere, "has no tables of Offerstorm", "run 'offerstorm setup'");
        try (PostgresCoverage coverage = new PostgresCoverage(elsewhere);
                PostgresCounts counts = new PostgresCounts(elsewhere);
                PostgresTables tables = new PostgresTables(elsewhere)) {
            assertThatThrownBy(() -> coverage.coverage(SOURCE)).hasMessageContaining("run 'offerstorm setup'");
            assertThatThrownBy(counts::read).hasMessageContaining("run 'offerstorm setup'");
            assertThatThrownBy(tables::source).hasMessageContaining("run 'offerstorm setup'");
        }
        for (int version : new int[] {0, 2}) {
            POSTGRES.execute("update schema_version set version = " + version);
            holds(
                    POSTGRES.config(),
                    "tables of version " + version + ", this program writes version 1",
                    version == 0 ? "run 'offerstorm setup'" : "use the program that made them");
        }
        assertThatThrownBy(() -> new SchemaSetup(POSTGRES.owner()).make())
                .isInstanceOf(NotMade.class)
                .hasMessageContaining("tables of version 2");
    }

    @Test
    void an_encoding_that_lacks_characters_holds_and_is_named() throws Exception {
        POSTGRES.execute(
                "drop database if exists latin",
                "create database latin encoding 'LATIN1' locale 'C' template template0");
        holds(
                new PostgresConfig(
                        POSTGRES.server().superuserUri().replace("/offerstorm", "/latin"),
                        "made",
                        Duration.ofMinutes(1)),
                "LATIN1",
                "template0");
    }

    @Test
    void doctor_names_a_replica_few_connections_a_wrong_clock_and_another_group() throws Exception {
        try (Sink sink = new PostgresSink(POSTGRES.config(), "others")) {
            assertThat(sink.write(log.upsert("a", Cell.of("Tech", Continent.EU)).cut()))
                    .isEqualTo(new Done(1, 0));
        }
        assertThat(finding("postgres state").message()).contains("group others", "source.group is g");
        POSTGRES.execute("alter role " + ROLE + " connection limit 3");
        assertThat(finding("postgres connections").level()).isEqualTo(Level.WARN);
        List<Finding> found = new ArrayList<>();
        new PostgresHealth(POSTGRES.config(), new HealthContext("g", 1, Optional::empty, () -> Instant.now()
                        .plus(Duration.ofDays(800))))
                .run(found::add);
        assertThat(found)
                .filteredOn(finding -> finding.level() == Level.WARN)
                .extracting(Finding::name)
                .contains("postgres clock", "postgres months");
        POSTGRES.execute("alter role " + ROLE + " set default_transaction_read_only to on");
        assertThat(finding("postgres").message()).contains("read-only");
    }

    @Test
    void another_topic_in_the_tables_is_named() {
        try (Sink sink = new PostgresSink(POSTGRES.config(), "g")) {
            assertThat(sink.write(log.upsert("a", Cell.of("Tech", Continent.EU)).cut()))
                    .isEqualTo(new Done(1, 0));
        }
        Source other = new Source("offers", "AnotherTopicIdOfOffers", 1, 1);
        assertThat(doctor(POSTGRES.config(), Optional.of(other)))
                .filteredOn(Finding::isFailure)
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("AnotherTopicIdOfOffers", "not"));
    }

    private void holds(PostgresConfig config, String what, String fix) {
        try (Sink sink = new PostgresSink(config, "g")) {
            assertThat(((Retryable) sink.write(log.upsert("a", Cell.of("Tech", Continent.EU))
                                    .cut()))
                            .message())
                    .contains(what, fix);
        }
        assertThat(doctor(config, Optional.empty()))
                .filteredOn(Finding::isFailure)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.message()).contains(what);
                    assertThat(finding.fix()).contains(fix);
                });
    }

    private static List<String> months() throws SQLException {
        return POSTGRES
                .rows("select relname from pg_class where relnamespace = 'made'::regnamespace and relkind = 'r'"
                        + " and relname ~ '_[0-9]+$' order by 1")
                .stream()
                .map(row -> row.get(0))
                .toList();
    }

    private static Map<String, String> partitions() throws SQLException {
        Map<String, String> partitions = new HashMap<>();
        POSTGRES.rows("select id, tableoid::regclass from made.offer_versions")
                .forEach(row -> partitions.put(row.get(0), row.get(1)));
        return partitions;
    }

    private static Finding finding(String name) {
        return doctor(POSTGRES.config(), Optional.empty()).stream()
                .filter(finding -> finding.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<Finding> doctor(PostgresConfig config, Optional<Source> source) {
        List<Finding> found = new ArrayList<>();
        new PostgresHealth(config, new HealthContext("g", 1, () -> source, InstantSource.system())).run(found::add);
        return found;
    }
}
