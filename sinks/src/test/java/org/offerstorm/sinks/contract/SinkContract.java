package org.offerstorm.sinks.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.model.Acked;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.SinkContext;
import org.offerstorm.core.sink.WriteResult;
import org.offerstorm.core.sink.WriteResult.Done;
import org.offerstorm.core.sink.WriteResult.Retryable;

/**
 * What every sink must do. A subclass brings a store that is empty before each test, and says what the store shows.
 *
 * <p>Only what can be seen from outside is asserted: the live offers, and {@code written + stale + rejected = size}. How
 * a sink divides written and stale is its own affair (HDFS keeps every version, Redis the last), but for a replay, of
 * which nothing is ever written.
 */
public abstract class SinkContract {
    protected static final Source SOURCE = new Source("offers", "Zk2TqRr3S2mYxJ0nV8c1aA", 2, 4);
    protected static final SinkContext CONTEXT = new SinkContext(0, 1, 1, "contract", InstantSource.system());

    private static final Cell TECH_EU = Cell.of("Tech", Continent.EU);
    private static final Cell TECH_NA = Cell.of("Tech", Continent.NA);
    private static final Cell RETAIL_AS = Cell.of("Retail \"&\" 'Sales' 🛒", Continent.AS);
    private static final Cell NONE_UNKNOWN = Cell.of(Cell.NO_PROFESSION, Continent.UNKNOWN);
    private static final List<Cell> CELLS = List.of(TECH_EU, TECH_NA, RETAIL_AS, NONE_UNKNOWN);

    /** Opaque text to us; syntax to a query parser, a file system, a script or a terminal. */
    private static final List<String> HOSTILE = List.of(
            "*",
            "*:*",
            "id:*",
            "{!x}",
            "{!func}1",
            "a/b",
            "../../etc/passwd",
            "/",
            "\\",
            "\"",
            "'",
            "' OR 1=1 --",
            "a|b",
            "|",
            "AND",
            "-a",
            "a",
            "A",
            " a",
            "a ",
            "a b",
            "{offerstorm}:counts",
            "${env:HOME}",
            "%00",
            "<script>alert(1)</script>",
            "=1+1",
            "__proto__",
            "\u00E9", // one code point
            "e\u0301", // the same letter as two
            "日本語",
            "🦖🚀",
            "\u202Egnp.exe",
            "\u0085",
            "\uFFFE",
            "x".repeat(512));

    private final List<Sink> opened = new ArrayList<>();
    private final ChunkBuilder log = new ChunkBuilder(SOURCE);

    /**
     * Makes a sink over this test's store: the first time in a test the store is empty, later the sink finds what others
     * left there, also when those were not closed. The suite closes it.
     */
    protected abstract Sink open(SinkContext context);

    /** Live offers by {@link Cell#key()}, as the store shows them now; zeros may be left out or not. */
    protected abstract Map<String, Long> counts() throws Exception;

    /** Ids of the live offers, if the store knows them. */
    protected Optional<Set<String>> liveIds() throws Exception {
        return Optional.empty();
    }

    /** Whether a loss of what was acked is noticed and repaired by the spout. */
    protected boolean isFilledAgainByTheSpout() {
        return false;
    }

    /** How long a sink may say {@link Retryable} after a start or a take-over before the suite gives up. */
    protected Duration patience() {
        return Duration.ofMinutes(1);
    }

    @AfterEach
    final void closeSinks() {
        opened.forEach(Sink::close);
    }

    @Test
    void written_offers_are_live() throws Exception {
        Sink sink = open();
        Chunk<Change> chunk = log.upsert("a", TECH_EU)
                .upsert("b", TECH_EU)
                .upsert("c", RETAIL_AS)
                .upsert("d", NONE_UNKNOWN)
                .cut();
        assertThat(write(sink, chunk).written()).isEqualTo(4);
        shows(Map.of("a", TECH_EU, "b", TECH_EU, "c", RETAIL_AS, "d", NONE_UNKNOWN));
    }

    @Test
    void replayed_chunk_changes_nothing() throws Exception {
        Sink sink = open();
        Chunk<Change> chunk = log.upsert("a", TECH_EU)
                .upsert("b", TECH_NA)
                .upsert("a", TECH_NA)
                .delete("b")
                .delete("unknown")
                .cut();
        write(sink, chunk);
        for (int i = 0; i < 3; i++) {
            replay(sink, chunk);
            shows(Map.of("a", TECH_NA));
        }
    }

    @Test
    void older_version_after_a_newer_one_changes_nothing() throws Exception {
        Sink sink = open();
        Chunk<Change> first = log.upsert("a", TECH_EU)
                .upsert("b", TECH_EU)
                .upsert("c", TECH_EU)
                .cut();
        Chunk<Change> second =
                log.upsert("a", TECH_NA).delete("b").upsert("d", RETAIL_AS).cut();
        write(sink, second);
        write(sink, first);
        shows(Map.of("a", TECH_NA, "c", TECH_EU, "d", RETAIL_AS));
        replay(sink, first);
        replay(sink, second);
        shows(Map.of("a", TECH_NA, "c", TECH_EU, "d", RETAIL_AS));
    }

    @Test
    void overlapping_chunks_count_once() throws Exception {
        Sink sink = open();
        Chunk<Change> first = log.upsert("a", TECH_EU).upsert("b", TECH_EU).cut();
        Chunk<Change> second = log.upsert("a", TECH_NA).upsert("c", TECH_EU).cut();
        Chunk<Change> third = log.upsert("b", RETAIL_AS).delete("c").cut();
        write(sink, ChunkBuilder.join(first, second));
        write(sink, ChunkBuilder.join(second, third));
        replay(sink, first);
        replay(sink, ChunkBuilder.join(ChunkBuilder.join(first, second), third));
        shows(Map.of("a", TECH_NA, "b", RETAIL_AS));
    }

    @Test
    void corrected_offer_moves_to_its_new_cell() throws Exception {
        Sink sink = open();
        write(sink, log.upsert("a", TECH_EU).upsert("b", TECH_EU).cut());
        write(sink, log.upsert("a", RETAIL_AS).cut());
        shows(Map.of("a", RETAIL_AS, "b", TECH_EU));
        write(sink, log.upsert("a", RETAIL_AS).cut()); // equal content, newer version
        shows(Map.of("a", RETAIL_AS, "b", TECH_EU));
    }

    @Test
    void deleted_offer_is_gone() throws Exception {
        Sink sink = open();
        write(sink, log.upsert("a", TECH_EU).upsert("b", TECH_EU).cut());
        write(sink, log.delete("a").cut());
        shows(Map.of("b", TECH_EU));
    }

    @Test
    void deleting_twice_or_what_never_was_changes_nothing() throws Exception {
        Sink sink = open();
        write(sink, log.upsert("a", TECH_EU).delete("never").cut());
        write(sink, log.delete("a").delete("a").cut());
        write(sink, log.delete("a").delete("never").cut());
        shows(Map.of());
    }

    @Test
    void re_added_offer_is_counted_once() throws Exception {
        Sink sink = open();
        Chunk<Change> first = log.upsert("a", TECH_EU).cut();
        Chunk<Change> second = log.delete("a").cut();
        Chunk<Change> third = log.upsert("a", TECH_NA).cut();
        write(sink, first);
        write(sink, second);
        write(sink, third);
        shows(Map.of("a", TECH_NA));
        replay(sink, first);
        replay(sink, second);
        shows(Map.of("a", TECH_NA));
    }

    @Test
    void several_versions_in_one_chunk_end_in_the_last() throws Exception {
        Sink sink = open();
        write(
                sink,
                log.upsert("a", TECH_EU)
                        .upsert("a", TECH_NA)
                        .delete("a")
                        .upsert("a", RETAIL_AS)
                        .upsert("b", TECH_EU)
                        .delete("b")
                        .delete("c")
                        .upsert("c", TECH_NA)
                        .cut());
        shows(Map.of("a", RETAIL_AS, "c", TECH_NA));
    }

    @Test
    void chunk_without_changes_is_done() throws Exception {
        Sink sink = open();
        assertThat(write(sink, log.skip(0, 10).skip(3, 1).cut())).isEqualTo(new Done(0, 0));
        write(sink, log.upsert("a", TECH_EU).cut());
        assertThat(write(sink, log.skip(1, 500).cut())).isEqualTo(new Done(0, 0));
        write(sink, log.upsert("a", TECH_NA).cut());
        shows(Map.of("a", TECH_NA));
    }

    @Test
    void drain_is_done_and_the_stream_may_go_on_after_it() throws Exception {
        Sink sink = open();
        assertThat(write(sink, log.drain())).isEqualTo(new Done(0, 0)); // before anything was written
        Chunk<Change> first = log.upsert("a", TECH_EU).cut();
        write(sink, first);
        assertThat(write(sink, log.drain())).isEqualTo(new Done(0, 0));
        shows(Map.of("a", TECH_EU));
        replay(sink, first);
        write(sink, log.upsert("b", TECH_NA).cut());
        shows(Map.of("a", TECH_EU, "b", TECH_NA));
    }

    @Test
    void full_chunks_of_many_partitions() throws Exception {
        Source wide = new Source("offers", SOURCE.topicId(), SOURCE.epoch(), 64);
        ChunkBuilder wideLog = new ChunkBuilder(wide);
        Sink sink = open();
        Map<String, Cell> expected = new HashMap<>();
        List<Chunk<Change>> chunks = new ArrayList<>();
        for (int c = 0; c < 4; c++) {
            for (int i = 0; i < 1_000; i++) {
                String id = "offer-" + (c * 500 + i); // the second half is corrected by the next chunk
                Cell cell = CELLS.get((i + c) % CELLS.size());
                if (i % 10 == 9) {
                    wideLog.delete(id);
                    expected.remove(id);
                } else {
                    wideLog.upsert(id, cell);
                    expected.put(id, cell);
                }
            }
            chunks.add(wideLog.cut());
        }
        for (Chunk<Change> chunk : chunks) {
            write(sink, chunk);
        }
        shows(expected);
        for (Chunk<Change> chunk : chunks) {
            replay(sink, chunk);
        }
        shows(expected);
    }

    @Test
    void hostile_ids_are_opaque() throws Exception {
        Sink sink = open();
        Map<String, Cell> expected = new HashMap<>();
        for (int i = 0; i < HOSTILE.size(); i++) {
            Cell cell = CELLS.get(i % CELLS.size());
            log.upsert(HOSTILE.get(i), cell);
            expected.put(HOSTILE.get(i), cell);
        }
        Chunk<Change> chunk = log.cut();
        write(sink, chunk);
        shows(expected);
        replay(sink, chunk);
        for (int i = 0; i < HOSTILE.size(); i++) { // one by one: nothing but itself may change
            String id = HOSTILE.get(i);
            if (i % 2 == 0) {
                write(sink, log.delete(id).cut());
                expected.remove(id);
            } else {
                write(sink, log.upsert(id, TECH_NA).cut());
                expected.put(id, TECH_NA);
            }
        }
        shows(expected);
    }

    @Test
    void hostile_texts_and_missing_fields_are_accepted() throws Exception {
        Sink sink = open();
        Map<String, Cell> expected = new HashMap<>();
        for (int i = 0; i < HOSTILE.size(); i++) {
            String text = HOSTILE.get(i);
            String id = "text-" + i;
            log.upsert(new Offer(id, i, text, text, -90, 180, text, text, Offer.NO_DATE), TECH_EU);
            expected.put(id, TECH_EU);
        }
        String oneToken = "w".repeat(40_000);
        log.upsert(new Offer("long", 1, null, "n".repeat(1024), 0, 0, null, oneToken, 0), TECH_EU);
        log.upsert(
                new Offer("bare", Offer.NO_PROFESSION, null, "n", Double.NaN, Double.NaN, null, null, Offer.NO_DATE),
                NONE_UNKNOWN);
        expected.put("long", TECH_EU);
        expected.put("bare", NONE_UNKNOWN);
        write(sink, log.cut());
        shows(expected);
    }

    @Test
    void timestamps_may_be_anything() throws Exception {
        Sink sink = open();
        write(sink, log.upsert("now", TECH_EU).cut());
        write(sink, log.timestamp(-1).upsert("none", TECH_EU).cut());
        write(sink, log.timestamp(0).upsert("zero", TECH_EU).cut());
        write(
                sink,
                log.timestamp(16_725_225_600_000L).upsert("year 2500", TECH_EU).cut());
        write(sink, log.timestamp(1_000).upsert("now", TECH_NA).cut()); // the version decides, not the time
        shows(Map.of("now", TECH_NA, "none", TECH_EU, "zero", TECH_EU, "year 2500", TECH_EU));
    }

    @Test
    void restarted_sink_continues() throws Exception {
        Chunk<Change> first = log.upsert("a", TECH_EU).upsert("b", TECH_EU).cut();
        try (Sink sink = open()) {
            write(sink, first);
        }
        shows(Map.of("a", TECH_EU, "b", TECH_EU));
        Sink restarted = open();
        replay(restarted, first);
        shows(Map.of("a", TECH_EU, "b", TECH_EU));
        write(restarted, log.upsert("a", TECH_NA).delete("b").cut());
        shows(Map.of("a", TECH_NA));
    }

    @Test
    void sink_that_was_never_closed_is_taken_over() throws Exception {
        Sink zombie = open();
        Chunk<Change> first = log.upsert("a", TECH_EU).upsert("b", TECH_EU).cut();
        write(zombie, first);
        Sink successor = open();
        replay(successor, first);
        Chunk<Change> second = log.upsert("a", TECH_NA).cut();
        write(successor, second);
        for (Chunk<Change> chunk : List.of(first, second)) { // the zombie continues with what it still held
            if (zombie.write(chunk) instanceof Done done) {
                assertThat(done.written()).isZero();
            }
        }
        write(successor, log.upsert("c", RETAIL_AS).cut());
        shows(Map.of("a", TECH_NA, "b", TECH_EU, "c", RETAIL_AS));
    }

    @Test
    void another_topic_id_holds() throws Exception {
        holds(new Source("offers", "AnotherTopicIdOfOffers", SOURCE.epoch(), SOURCE.partitions()));
    }

    @Test
    void lower_epoch_holds() throws Exception {
        holds(new Source("offers", SOURCE.topicId(), SOURCE.epoch() - 1, SOURCE.partitions()));
    }

    @Test
    void another_number_of_partitions_holds() throws Exception {
        holds(new Source("offers", SOURCE.topicId(), SOURCE.epoch(), SOURCE.partitions() + 1));
    }

    @Test
    void raised_epoch_is_a_new_log_over_the_same_offers() throws Exception {
        Chunk<Change> old = log.upsert("x", TECH_EU)
                .upsert("a", TECH_EU)
                .upsert("b", TECH_EU)
                .cut();
        try (Sink sink = open()) {
            write(sink, old);
            write(sink, log.upsert("a", TECH_EU).cut());
            write(sink, log.drain());
        }
        Source raised = new Source("offers", "TheTopicWasMadeOnceMor", SOURCE.epoch() + 1, 2);
        ChunkBuilder newLog = new ChunkBuilder(raised);
        Sink sink = open();
        Chunk<Change> chunk =
                newLog.upsert("a", TECH_NA).delete("b").upsert("c", RETAIL_AS).cut();
        write(sink, chunk);
        shows(Map.of("x", TECH_EU, "a", TECH_NA, "c", RETAIL_AS));
        replay(sink, chunk);
        shows(Map.of("x", TECH_EU, "a", TECH_NA, "c", RETAIL_AS));
    }

    /** What the topic has could be read again, what earlier topics had cannot: nothing is to hide the loss. */
    @Test
    void a_store_that_came_back_empty_holds_if_earlier_epochs_were_acked() throws Exception {
        Chunk<Change> chunk = log.upsert("a", TECH_EU).cut();

        holdsBack(ChunkBuilder.after(new Acked(false, true), chunk), "empty");

        shows(Map.of());
        write(open(), chunk); // an operator has set the group back: nothing is known to be acked
        shows(Map.of("a", TECH_EU));
    }

    @Test
    void a_store_that_came_back_older_than_the_epoch_holds() throws Exception {
        Sink old = open();
        write(old, log.upsert("x", TECH_EU).cut());
        write(old, log.drain());
        old.close();
        Source raised = new Source("offers", "TheTopicWasMadeOnceMor", SOURCE.epoch() + 1, 2);
        Chunk<Change> chunk = new ChunkBuilder(raised).upsert("a", TECH_NA).cut();

        holdsBack(ChunkBuilder.after(new Acked(true, true), chunk), "epoch " + SOURCE.epoch());

        shows(Map.of("x", TECH_EU));
        write(open(), ChunkBuilder.after(new Acked(false, true), chunk));
        shows(Map.of("x", TECH_EU, "a", TECH_NA));
    }

    /** The counters are an exception: the spout compares them with what was acked, and reads the topic again. */
    @Test
    void a_store_that_came_back_empty_holds_unless_the_spout_fills_it_again() throws Exception {
        Chunk<Change> chunk = log.upsert("a", TECH_EU).cut();
        Chunk<Change> inMidStream = ChunkBuilder.after(new Acked(true, false), chunk);

        if (isFilledAgainByTheSpout()) {
            write(open(), inMidStream);
            shows(Map.of("a", TECH_EU));
        } else {
            holdsBack(inMidStream, "empty");
            shows(Map.of());
        }
    }

    /** All records of a log's begin may be refused; what is acked then must not look like a loss later. */
    @Test
    void a_stream_that_began_with_an_empty_chunk_goes_on() throws Exception {
        Sink sink = open();
        write(sink, log.skip(0, 3).cut());
        Chunk<Change> chunk = log.upsert("a", TECH_EU).cut();

        write(sink, ChunkBuilder.after(new Acked(true, false), chunk));

        shows(Map.of("a", TECH_EU));
    }

    /** The chunk is not taken, and the message has the words. */
    private void holdsBack(Chunk<Change> chunk, String words) throws Exception {
        Sink sink = open();
        long deadline = System.nanoTime() + patience().toNanos();
        String message;
        do { // a sink that still recovers may say so first
            WriteResult result = sink.write(chunk);
            assertThat(result).isInstanceOf(Retryable.class);
            message = ((Retryable) result).message();
            if (System.nanoTime() > deadline) {
                fail("the message does not say '%s': %s", words, message);
            }
            pause(sink);
        } while (!message.contains(words));
        assertThat(message).contains("acked").doesNotContain("\n");
        sink.close();
    }

    /** Whoever sends {@code other} after {@link #SOURCE} gets Retryable, and nothing changes. */
    private void holds(Source other) throws Exception {
        Sink first = open();
        write(first, log.upsert("a", TECH_EU).cut());
        write(first, log.drain());
        first.close();

        Chunk<Change> foreign = ChunkBuilder.from(
                other, log.upsert("a", TECH_NA).upsert("b", TECH_NA).cut());
        Sink sink = open();
        long deadline = System.nanoTime() + patience().toNanos();
        while (true) { // a sink that still recovers may say so first
            WriteResult result = sink.write(foreign);
            assertThat(result).isInstanceOf(Retryable.class);
            String message = ((Retryable) result).message();
            if (message.contains(other.topic()) && message.contains("epoch")) {
                assertThat(message).doesNotContain("\n");
                break;
            }
            if (System.nanoTime() > deadline) {
                fail("the message names neither the topic nor the epoch: %s", message);
            }
            pause(sink);
        }
        sink.tick();
        assertThat(sink.write(foreign)).isInstanceOf(Retryable.class);
        shows(Map.of("a", TECH_EU));
    }

    private Sink open() {
        Sink sink = open(CONTEXT);
        opened.add(sink);
        return sink;
    }

    /** Writes as the bolt does: Retryable → tick and offer again. */
    private Done write(Sink sink, Chunk<Change> chunk) throws InterruptedException {
        long deadline = System.nanoTime() + patience().toNanos();
        while (true) {
            WriteResult result = sink.write(chunk);
            if (result instanceof Done done) {
                assertThat(done.rejected()).isEmpty();
                assertThat(done.written() + done.stale()).isEqualTo(chunk.size());
                return done;
            }
            if (result instanceof Retryable retryable && System.nanoTime() > deadline) {
                return fail(retryable.message(), retryable.cause());
            }
            pause(sink);
        }
    }

    private void replay(Sink sink, Chunk<Change> chunk) throws InterruptedException {
        assertThat(write(sink, chunk)).isEqualTo(new Done(0, chunk.size()));
    }

    @SuppressWarnings("ThreadSleep")
    private static void pause(Sink sink) throws InterruptedException {
        Thread.sleep(50);
        sink.tick();
    }

    private void shows(Map<String, Cell> live) throws Exception {
        Map<String, Long> expected = new TreeMap<>();
        live.values().forEach(cell -> expected.merge(cell.key(), 1L, Long::sum));
        Map<String, Long> actual = new LinkedHashMap<>(counts());
        actual.values().removeIf(n -> n == 0);
        assertThat(actual).isEqualTo(expected);
        Optional<Set<String>> ids = liveIds();
        if (ids.isPresent()) {
            assertThat(ids.get()).isEqualTo(live.keySet());
        }
    }
}
