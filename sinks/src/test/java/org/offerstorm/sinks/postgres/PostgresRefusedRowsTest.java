package org.offerstorm.sinks.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.DataField;
import org.offerstorm.core.model.Details;
import org.offerstorm.core.model.FieldType;
import org.offerstorm.core.model.FieldValue;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.WriteResult;
import org.offerstorm.core.sink.WriteResult.Done;
import org.offerstorm.core.sink.WriteResult.Rejection;
import org.offerstorm.core.sink.WriteResult.Retryable;
import org.offerstorm.sinks.contract.ChunkBuilder;

/** What the server takes never: found alone, and the rest is written. */
final class PostgresRefusedRowsTest {
    @RegisterExtension
    static final PostgresUnderTest POSTGRES = new PostgresUnderTest();

    private static final Cell TECH = Cell.of("Tech", Continent.EU);
    private static final Source SOURCE = new Source("offers", "Zk2TqRr3S2mYxJ0nV8c1aA", 1, 1);

    private final ChunkBuilder log = new ChunkBuilder(SOURCE);
    private final Sink sink = new PostgresSink(POSTGRES.config(), "g");

    @AfterEach
    void close() throws SQLException {
        sink.close();
        POSTGRES.execute(
                "alter table offers drop constraint if exists no_bad_names", "drop trigger if exists fault on offers");
    }

    /** An offer that no parser lets through, and what the server says of it. */
    private record Bad(Offer offer, Cell cell, String reason) {
        @Override
        public String toString() {
            return reason;
        }
    }

    static List<Bad> bad() {
        String nul = "invalid byte sequence for encoding \"UTF8\": 0x00 (SQLSTATE 22021)";
        DataField field = new DataField("skills", FieldType.KEYWORDS, false);
        Offer sound = ChunkBuilder.offer("bad", "Name");
        return List.of(
                new Bad(ChunkBuilder.offer("b\u0000d", "Name"), TECH, nul),
                new Bad(ChunkBuilder.offer("bad", "Na\u0000me"), TECH, nul),
                new Bad(sound, Cell.of("Te\u0000ch", Continent.EU), nul),
                new Bad(
                        with(
                                sound,
                                Details.of(
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        Offer.NO_DATE,
                                        List.of(new FieldValue(field, List.of("Java", "S\u0000QL"))))),
                        TECH,
                        "unsupported Unicode escape sequence (SQLSTATE 22P05)"),
                new Bad(
                        with(sound, Details.of(null, null, null, null, null, null, Long.MAX_VALUE, List.of())),
                        TECH,
                        "timestamp out of range (SQLSTATE 22008)"),
                new Bad(
                        new Offer("bad", 1, null, "Name", 0, 0, null, null, -999_999_999_999_999L),
                        TECH,
                        "timestamp out of range (SQLSTATE 22008)"),
                new Bad(ChunkBuilder.offer(random(20_000), "Name"), TECH, "index row requires"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void it_is_rejected_alone_and_all_others_are_written(Bad bad) throws Exception {
        for (int i = 0; i < 150; i++) {
            log.upsert("a" + i, TECH);
        }
        log.upsert(bad.offer(), bad.cell());
        for (int i = 0; i < 50; i++) {
            log.upsert("b" + i, TECH).delete("a" + i);
        }
        Chunk<Change> chunk = log.cut();

        Done done = (Done) sink.write(chunk);

        assertThat(done.rejected()).singleElement().satisfies(rejection -> {
            assertThat(rejection.change()).isSameAs(chunk.items().get(150));
            assertThat(rejection.detail()).contains(bad.reason()).doesNotContain("\n");
        });
        assertThat(done.written()).isEqualTo(250);
        assertThat(done.stale()).isZero();
        tablesHave(150, 250);
        try (PostgresCoverage coverage = new PostgresCoverage(POSTGRES.config())) {
            assertThat(coverage.coverage(SOURCE)).isEqualTo(Map.of(0, 251L));
        }
        assertThat(sink.write(log.upsert("c", TECH).cut())).isEqualTo(new Done(1, 0));
        assertThat(((Done) sink.write(chunk)).rejected())
                .extracting(Rejection::detail)
                .hasSize(1);
    }

    @Test
    void a_row_that_a_constraint_of_somebody_refuses_is_rejected_alone() throws Exception {
        POSTGRES.execute("alter table offers add constraint no_bad_names check (name <> 'bad')");
        log.upsert("a", TECH).upsert(ChunkBuilder.offer("b", "bad"), TECH).upsert("c", TECH);

        Done done = (Done) sink.write(log.cut());

        assertThat(done.written()).isEqualTo(2);
        assertThat(done.rejected()).singleElement().satisfies(rejection -> {
            assertThat(rejection.change().id()).isEqualTo("b");
            assertThat(rejection.detail()).contains("no_bad_names", "23514").doesNotContain("Failing row");
        });
        tablesHave(2, 2);
    }

    /** Not one of many good offers may end as a dead letter because somebody changed the tables. */
    @Test
    void many_refused_in_a_row_hold_and_none_is_given_up() throws Exception {
        POSTGRES.execute("alter table offers add constraint no_bad_names check (company is null)");
        for (int i = 0; i < 40; i++) {
            log.upsert("a" + i, TECH);
        }
        Chunk<Change> chunk = log.cut();

        for (int i = 0; i < 3; i++) {
            assertThat(held(sink.write(chunk))).contains("more than 10 rows in a row were refused", "no_bad_names");
        }
        tablesHave(0, 0);

        POSTGRES.execute("alter table offers drop constraint no_bad_names");
        assertThat(sink.write(chunk)).isEqualTo(new Done(40, 0));
        tablesHave(40, 40);
    }

    @Test
    void tables_that_take_nothing_hold_and_reject_nothing() throws Exception {
        POSTGRES.execute("alter table offers add constraint no_bad_names check (name = 'unlikely')");
        Chunk<Change> chunk = log.upsert("a", TECH).cut();

        assertThat(held(sink.write(chunk))).contains("even a plain offer is refused", "conf/postgres");

        POSTGRES.execute("alter table offers drop constraint no_bad_names");
        assertThat(sink.write(chunk)).isEqualTo(new Done(1, 0));
    }

    /** Its SQLSTATE is of the class of constraints, but it is not the row's fault. */
    @Test
    void a_month_that_no_partition_takes_holds() throws Exception {
        POSTGRES.execute("alter table offer_versions detach partition offer_versions_default");
        Chunk<Change> chunk =
                log.timestamp(4_102_444_800_000L).upsert("a", TECH).cut();
        try {
            assertThat(held(sink.write(chunk))).contains("no partition of relation", "even a plain offer is refused");
        } finally {
            POSTGRES.execute("alter table offer_versions attach partition offer_versions_default default");
        }
        assertThat(sink.write(chunk)).isEqualTo(new Done(1, 0));
    }

    /** A disk may be full for the largest row alone. */
    @ParameterizedTest
    @ValueSource(strings = {"53100", "53200", "57014", "58030", "XX001", "40001", "42883", "0A000", "P0001"})
    void an_error_that_is_not_about_data_rejects_nothing_even_if_one_row_meets_it_alone(String state) throws Exception {
        POSTGRES.execute(
                "create or replace function fault() returns trigger language plpgsql as $$ begin"
                        + " raise exception 'as a test' using errcode = '" + state + "'; end $$",
                "create trigger fault before insert on offers for each row when (new.id = 'b') execute function fault()");
        Chunk<Change> chunk =
                log.upsert("a", TECH).upsert("b", TECH).upsert("c", TECH).cut();

        assertThat(held(sink.write(chunk))).contains("as a test");
        tablesHave(0, 0);

        POSTGRES.execute("drop trigger fault on offers");
        assertThat(sink.write(chunk)).isEqualTo(new Done(3, 0));
    }

    private static String held(WriteResult result) {
        assertThat(result).isInstanceOf(Retryable.class);
        return ((Retryable) result).message();
    }

    private static void tablesHave(long live, int versions) throws IOException, SQLException {
        assertThat(POSTGRES.value("select count(*) from offers")).isEqualTo(Long.toString(live));
        assertThat(POSTGRES.value("select count(*) from offer_versions")).isEqualTo(Integer.toString(versions));
        assertThat(POSTGRES.counts()).isEqualTo(live == 0 ? Map.of() : Map.of("Tech|EU", live));
    }

    private static Offer with(Offer offer, Details details) {
        return new Offer(
                offer.id(),
                offer.professionId(),
                offer.contractType(),
                offer.name(),
                offer.latitude(),
                offer.longitude(),
                offer.company(),
                offer.description(),
                offer.publishedAtMillis(),
                details);
    }

    /** Text that cannot be compressed. */
    private static String random(int length) {
        return new Random(1)
                .ints(length, 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
