package org.offerstorm.sinks.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.WriteResult;
import org.offerstorm.core.sink.WriteResult.Done;
import org.offerstorm.core.sink.WriteResult.Retryable;
import org.offerstorm.local.servers.proxy.TcpProxy;
import org.offerstorm.sinks.contract.ChunkBuilder;
import org.offerstorm.sinks.memory.InMemorySink;
import org.offerstorm.sinks.memory.InMemoryStore;

/** The server is killed, full, read-only, busy or away; backends end in the middle of a chunk; writers compete. */
final class PostgresFaultTest {
    @RegisterExtension
    static final PostgresUnderTest POSTGRES = new PostgresUnderTest();

    private static final Cell TECH = Cell.of("Tech", Continent.EU);
    private static final Cell RETAIL = Cell.of("Retail", Continent.AS);

    private final InMemoryStore model = new InMemoryStore();
    private final ChunkBuilder log = new ChunkBuilder(RandomVersions.SOURCE);
    private final Sink sink = sink();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() throws SQLException {
        sink.close();
        threads.shutdownNow();
        POSTGRES.execute(
                "alter role " + PostgresUnderTest.ROLE + " connection limit -1",
                "alter role " + PostgresUnderTest.ROLE + " reset default_transaction_read_only",
                "drop trigger if exists fault on offers");
    }

    @Test
    void nothing_acked_is_lost_when_the_server_is_killed_under_load() throws Exception {
        RandomVersions log = new RandomVersions(new Random(11), 1_000, System.currentTimeMillis());
        List<Chunk<Change>> chunks = new CopyOnWriteArrayList<>();
        AtomicInteger acked = new AtomicInteger();
        Future<WriteResult> failed = threads.submit(() -> {
            while (true) { // the log has no end before the kill
                chunks.addAll(log.chunks(1, 200));
                WriteResult result = sink.write(chunks.get(chunks.size() - 1));
                if (!(result instanceof Done)) {
                    return result;
                }
                acked.incrementAndGet();
            }
        });
        while (acked.get() < 20 && !failed.isDone()) {
            Thread.onSpinWait();
        }
        POSTGRES.kill();
        assertThat(failed.get()).isInstanceOf(Retryable.class);
        assertThat(sink.write(chunks.get(0))).isInstanceOf(Retryable.class);
        POSTGRES.restart();

        int durable = acked.get();
        modelOf(chunks.subList(0, durable));
        Map<Integer, Long> ackedCoverage = model.coverage();
        try (PostgresCoverage coverage = new PostgresCoverage(POSTGRES.config())) {
            Map<Integer, Long> found = coverage.coverage(RandomVersions.SOURCE);
            ackedCoverage.forEach(
                    (partition, next) -> assertThat(found.get(partition)).isGreaterThanOrEqualTo(next));
        }
        for (Chunk<Change> chunk : chunks.subList(Math.max(0, durable - 5), durable)) {
            assertThat(sink.write(chunk)).isEqualTo(new Done(0, chunk.size()));
        }
        chunks.addAll(log.chunks(5, 200));
        for (Chunk<Change> chunk : chunks.subList(durable, chunks.size())) {
            assertThat(sink.write(chunk)).isInstanceOf(Done.class);
        }
        modelOf(chunks);
        tablesAreTheModel();
    }

    /** The transaction waits for a lock, so that it is open for certain. */
    @Test
    void a_backend_that_is_ended_in_the_middle_of_a_chunk_writes_nothing_and_the_next_one_does() throws Exception {
        assertThat(sink.write(log.upsert("a", TECH).cut())).isEqualTo(new Done(1, 0));
        Chunk<Change> chunk = log.upsert("a", RETAIL).upsert("b", TECH).cut();
        try (Connection other = POSTGRES.server().connectAsSuperuser();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table test.offer_counts in access exclusive mode"); // after offers are written
            Future<WriteResult> writing = threads.submit(() -> sink.write(chunk));
            while (POSTGRES.value("select count(*) from pg_stat_activity where wait_event_type = 'Lock'")
                    .equals("0")) {
                Thread.onSpinWait();
            }
            POSTGRES.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = '"
                    + PostgresUnderTest.ROLE + "'");
            assertThat(held(writing.get())).contains("terminating connection");
            other.rollback();
        }
        assertThat(POSTGRES.counts()).isEqualTo(Map.of("Tech|EU", 1L));
        assertThat(POSTGRES.value("select count(*) from offers")).isEqualTo("1");

        assertThat(sink.write(chunk)).isEqualTo(new Done(2, 0));
        assertThat(POSTGRES.counts()).isEqualTo(Map.of("Tech|EU", 1L, "Retail|AS", 1L));
    }

    @Test
    void a_transaction_that_somebody_left_open_holds_within_the_time_limit() throws Exception {
        assertThat(sink.write(log.upsert("a", TECH).cut())).isEqualTo(new Done(1, 0));
        Chunk<Change> chunk = log.upsert("b", TECH).cut();
        try (Connection other = POSTGRES.server().connectAsSuperuser();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select from test.source_identity for update");
            try (Sink impatient = new PostgresSink(config(POSTGRES.server().port(), Duration.ofSeconds(5)), "g")) {
                assertThat(held(impatient.write(chunk))).contains("lock timeout", "pg_stat_activity");
            }
        }
        assertThat(sink.write(chunk)).isEqualTo(new Done(1, 0));
    }

    @Test
    void when_no_connection_is_free_it_holds_and_says_so() throws Exception {
        POSTGRES.execute("alter role " + PostgresUnderTest.ROLE + " connection limit 0");
        Chunk<Change> chunk = log.upsert("a", TECH).cut();
        assertThat(held(sink.write(chunk))).contains("too many connections", "max_connections");
        POSTGRES.execute("alter role " + PostgresUnderTest.ROLE + " connection limit -1");
        assertThat(sink.write(chunk)).isEqualTo(new Done(1, 0));
    }

    @Test
    void a_server_that_is_read_only_holds_and_says_so() throws Exception {
        POSTGRES.execute("alter role " + PostgresUnderTest.ROLE + " set default_transaction_read_only to on");
        Chunk<Change> chunk = log.upsert("a", TECH).cut();
        assertThat(held(sink.write(chunk))).contains("is read-only", "postgres.url");
        POSTGRES.execute("alter role " + PostgresUnderTest.ROLE + " reset default_transaction_read_only");
        assertThat(sink.write(chunk)).isEqualTo(new Done(1, 0));
    }

    /** As the server would say it of a full disk, too little memory, a shutdown, a slow statement, a lost page. */
    @ParameterizedTest
    @ValueSource(strings = {"53100", "53200", "57P01", "57014", "XX001", "58030", "25006", "42501"})
    void an_error_of_the_server_holds_and_rejects_nothing(String state) throws Exception {
        fault("raise exception 'as a test' using errcode = '" + state + "'");
        Chunk<Change> chunk = log.upsert("a", TECH).upsert("b", TECH).cut();
        assertThat(held(sink.write(chunk))).contains("as a test");
        assertThat(POSTGRES.value("select count(*) from offer_versions")).isEqualTo("0");
        assertThat(POSTGRES.value("select count(*) from offerstorm_coverage")).isEqualTo("0");
        POSTGRES.execute("drop trigger fault on offers");
        assertThat(sink.write(chunk)).isEqualTo(new Done(2, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01"})
    void a_deadlock_or_serialization_failure_is_tried_again_at_once_and_once(String state) throws Exception {
        POSTGRES.execute("drop sequence if exists times", "create sequence times", "grant usage on times to public");
        fault("if nextval('test.times') <= 1 then raise exception 'as a test' using errcode = '" + state + "'; end if");
        assertThat(sink.write(log.upsert("a", TECH).cut())).isEqualTo(new Done(1, 0));

        fault("raise exception 'as a test' using errcode = '" + state + "'");
        Chunk<Change> chunk = log.upsert("b", TECH).cut();
        assertThat(held(sink.write(chunk))).contains("as a test");
        POSTGRES.execute("drop trigger fault on offers");
        assertThat(sink.write(chunk)).isEqualTo(new Done(1, 0));
    }

    @Test
    void an_older_copy_shows_in_the_coverage_and_is_brought_forward_from_the_log() throws Exception {
        List<Chunk<Change>> chunks = new RandomVersions(new Random(13), 100, System.currentTimeMillis()).chunks(30, 40);
        try (PostgresCoverage coverage = new PostgresCoverage(POSTGRES.config())) {
            writeAll(chunks.subList(0, 10));
            List<String> tables = List.of(
                    "source_identity",
                    "offerstorm_coverage",
                    "offers",
                    "offer_tombstones",
                    "offer_versions",
                    "offer_counts");
            for (String table : tables) {
                POSTGRES.execute(
                        "drop table if exists public." + table, "create table public." + table + " as table " + table);
            }
            Map<Integer, Long> old = coverage.coverage(RandomVersions.SOURCE);
            writeAll(chunks.subList(10, 20));
            assertThat(coverage.coverage(RandomVersions.SOURCE)).isNotEqualTo(old);
            for (String table : tables) { // a replica that lacked the newest transactions has become the primary
                POSTGRES.execute("delete from " + table, "insert into " + table + " table public." + table);
            }
            writeAll(chunks.subList(20, 30)); // those in flight
            assertThat(coverage.coverage(RandomVersions.SOURCE)).isEqualTo(old);

            writeAll(chunks.subList(10, 25)); // the spout went back, and the last ones overlap
            modelOf(chunks);
            tablesAreTheModel();
            assertThat(coverage.coverage(RandomVersions.SOURCE)).isEqualTo(model.coverage());
        }
    }

    @Test
    void empty_tables_show_in_the_coverage_and_are_filled_again_from_the_log() throws Exception {
        List<Chunk<Change>> chunks = new RandomVersions(new Random(14), 100, System.currentTimeMillis()).chunks(20, 40);
        writeAll(chunks.subList(0, 15));
        POSTGRES.beforeEach(null);
        writeAll(chunks.subList(15, 20));
        try (PostgresCoverage coverage = new PostgresCoverage(POSTGRES.config())) {
            assertThat(coverage.coverage(RandomVersions.SOURCE)).isEmpty();
            writeAll(chunks);
            modelOf(chunks);
            tablesAreTheModel();
            assertThat(coverage.coverage(RandomVersions.SOURCE)).isEqualTo(model.coverage());
        }
    }

    @Test
    void competing_writers_of_the_same_chunks_count_once() throws Exception {
        List<Chunk<Change>> chunks = new RandomVersions(new Random(15), 300, System.currentTimeMillis()).chunks(40, 60);
        AtomicInteger written = new AtomicInteger();
        List<Callable<Void>> writers = new ArrayList<>();
        for (int w = 0; w < 3; w++) {
            writers.add(() -> {
                try (Sink writer = sink()) {
                    for (Chunk<Change> chunk : chunks) {
                        written.addAndGet(done(writer, chunk).written());
                    }
                }
                return null;
            });
        }
        for (Future<Void> writer : threads.invokeAll(writers)) {
            writer.get();
        }
        modelOf(chunks);
        tablesAreTheModel();
        assertThat(written.get())
                .isEqualTo(chunks.stream().mapToInt(Chunk::size).sum());
    }

    @Test
    void a_network_that_swallows_everything_holds_in_time() throws Exception {
        try (TcpProxy proxy = proxy();
                Sink far = new PostgresSink(config(proxy.port(), Duration.ofSeconds(2)), "g")) {
            done(far, log.upsert("a", TECH).cut());
            Chunk<Change> chunk = log.upsert("a", RETAIL).upsert("b", TECH).cut();

            proxy.blackHole();
            for (int i = 0; i < 2; i++) { // with the connection that was open, and with a new one
                assertThat(far.write(chunk)).isInstanceOf(Retryable.class);
            }

            proxy.pass();
            done(far, chunk);
        }
        assertThat(POSTGRES.counts()).isEqualTo(Map.of("Tech|EU", 1L, "Retail|AS", 1L));
    }

    /** The sink cannot know whether it was committed; it was: the chunk comes again, and nothing counts twice. */
    @Test
    void a_commit_whose_answer_is_lost_holds_and_the_same_chunk_then_changes_nothing() throws Exception {
        POSTGRES.execute(
                "create or replace function slow() returns trigger language plpgsql as"
                        + " $$ begin perform pg_sleep(1); return null; end $$",
                "create constraint trigger slow_commit after insert on offers deferrable initially deferred"
                        + " for each row when (new.id = 'b') execute function slow()");
        try (TcpProxy proxy = proxy();
                Sink far = new PostgresSink(config(proxy.port(), Duration.ofMinutes(1)), "g")) {
            Chunk<Change> chunk = log.upsert("a", RETAIL).upsert("b", TECH).cut();
            Future<WriteResult> writing = threads.submit(() -> far.write(chunk));
            while (POSTGRES.value(
                            "select count(*) from pg_stat_activity where wait_event = 'PgSleep' and query = 'COMMIT'")
                    .equals("0")) {
                Thread.onSpinWait();
            }
            proxy.cut();
            assertThat(writing.get()).isInstanceOf(Retryable.class);
            assertThat(POSTGRES.value("select count(*) from offers")).isEqualTo("0");

            assertThat(far.write(chunk))
                    .isEqualTo(new Done(0, 2)); // waits for the lock, until that transaction has ended
        } finally {
            POSTGRES.execute("drop trigger slow_commit on offers");
        }
        assertThat(POSTGRES.counts()).isEqualTo(Map.of("Tech|EU", 1L, "Retail|AS", 1L));
    }

    @Test
    void a_server_that_accepts_but_never_answers_holds_in_time() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                Sink patient = new PostgresSink(config(silent.getLocalPort(), Duration.ofSeconds(2)), "g")) {
            assertThat(patient.write(log.upsert("a", TECH).cut())).isInstanceOf(Retryable.class);
        }
    }

    @Test
    void an_absent_server_holds_and_is_named_without_its_password() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (Sink lonely = new PostgresSink(config(port, Duration.ofSeconds(2)), "g")) {
            assertThat(held(lonely.write(log.upsert("a", TECH).cut())))
                    .contains("127.0.0.1:" + port + "/offerstorm", "start PostgreSQL there")
                    .doesNotContain("sesame");
        }
    }

    /** The server would say that it committed, and has it on its own disk alone. */
    @Test
    void a_commit_whose_wait_for_the_standby_is_cancelled_holds() throws Exception {
        assertThat(sink.write(log.upsert("a", TECH).cut())).isEqualTo(new Done(1, 0));
        Chunk<Change> chunk = log.upsert("b", TECH).cut();
        POSTGRES.execute(
                "set synchronous_commit to local",
                "alter system set synchronous_standby_names to 'nobody'",
                "select pg_reload_conf()");
        try {
            while (!POSTGRES.value("show synchronous_standby_names").equals("nobody")) {
                Thread.onSpinWait();
            }
            Future<WriteResult> writing = threads.submit(() -> sink.write(chunk));
            while (!writing.isDone()) {
                POSTGRES.execute(
                        "select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'SyncRep' and usename = '"
                                + PostgresUnderTest.ROLE + "'");
            }
            assertThat(held(writing.get())).contains("committed, but", "synchronous replication");
        } finally {
            POSTGRES.execute("alter system reset synchronous_standby_names", "select pg_reload_conf()");
        }
        while (!POSTGRES.value("show synchronous_standby_names").isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(sink.write(chunk)).isEqualTo(new Done(0, 1));
    }

    @Test
    void a_time_that_goes_back_takes_no_longer_for_an_offer_with_very_many_versions() throws Exception {
        long now = System.currentTimeMillis();
        assertThat(sink.write(log.timestamp(now).upsert("a", TECH).cut())).isEqualTo(new Done(1, 0));
        POSTGRES.execute(
                "insert into offer_versions (id, epoch, partition, \"offset\", operation, valid_from, valid_to,"
                        + " is_current) select 'a', 0, 0, i, 'delete', '2020-01-01', '2020-01-01', false"
                        + " from generate_series(1, 100000) i");

        assertThat(sink.write(log.timestamp(now - 60_000).upsert("a", RETAIL).cut()))
                .isEqualTo(new Done(1, 0));

        assertThat(POSTGRES.rows(
                        "select is_current, valid_to is null from offer_versions where epoch > 0 or \"offset\" ="
                                + " 100000 order by epoch, \"offset\""))
                .containsExactly(List.of("f", "f"), List.of("f", "f"), List.of("t", "t"));
    }

    @Test
    void counts_that_somebody_changed_hold_with_what_to_do() throws Exception {
        assertThat(sink.write(log.upsert("a", TECH).cut())).isEqualTo(new Done(1, 0));
        POSTGRES.execute("delete from offer_counts");
        Chunk<Change> chunk = log.upsert("a", RETAIL).cut();
        assertThat(held(sink.write(chunk))).contains("offer_counts", "Tech|EU", "docs/postgres.md");
        POSTGRES.execute("insert into offer_counts select category, continent, count(*) from offers group by 1, 2");
        assertThat(sink.write(chunk)).isEqualTo(new Done(1, 0));

        POSTGRES.execute("delete from source_identity");
        assertThat(held(sink.write(log.upsert("a", TECH).cut()))).contains("source_identity", "run setup");
    }

    private static TcpProxy proxy() throws IOException {
        return TcpProxy.open(
                0,
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), POSTGRES.server().port()));
    }

    private static Sink sink() {
        return new PostgresSink(POSTGRES.config(), "g");
    }

    private static PostgresConfig config(int port, Duration timeout) {
        return new PostgresConfig(PostgresUnderTest.uri(port), PostgresUnderTest.SCHEMA, timeout);
    }

    /** On a busy machine the first attempts may come to their limit. */
    private static Done done(Sink writer, Chunk<Change> chunk) {
        while (true) {
            if (writer.write(chunk) instanceof Done done) {
                return done;
            }
        }
    }

    private static String held(WriteResult result) {
        assertThat(result).isInstanceOf(Retryable.class);
        String message = ((Retryable) result).message();
        assertThat(message).doesNotContain("\n");
        return message;
    }

    private static void fault(String statement) throws SQLException {
        POSTGRES.execute(
                "create or replace function fault() returns trigger language plpgsql as $$ begin " + statement
                        + "; return new; end $$",
                "create or replace trigger fault before insert on offers for each statement execute function fault()");
    }

    private void writeAll(List<Chunk<Change>> chunks) {
        for (Chunk<Change> chunk : chunks) {
            assertThat(sink.write(chunk)).isInstanceOf(Done.class);
        }
    }

    private void modelOf(List<Chunk<Change>> chunks) {
        try (Sink expected = new InMemorySink("model", model)) {
            chunks.forEach(expected::write);
        }
    }

    private void tablesAreTheModel() throws Exception {
        assertThat(POSTGRES.counts()).isEqualTo(model.counts());
        assertThat(POSTGRES.rows("select id from offers order by id"))
                .isEqualTo(model.liveIds().stream().sorted().map(List::of).toList());
        assertThat(POSTGRES.value("select count(*) from (select id from offer_versions group by id"
                        + " having count(*) filter (where is_current) <> 1) as broken"))
                .isEqualTo("0");
    }
}
