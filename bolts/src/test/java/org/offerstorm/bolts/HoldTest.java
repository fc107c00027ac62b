package org.offerstorm.bolts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.sink.WriteResult;
import org.slf4j.helpers.NOPLogger;

class HoldTest {
    private static final WriteResult DONE = new WriteResult.Done(1, 0);
    private static final WriteResult AWAY = new WriteResult.Retryable("store is away", null);

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private boolean away;
    private Duration callTakes = Duration.ZERO;
    private final List<String> tried = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private final List<String> keptAlive = new ArrayList<>();
    private final Hold<String> hold = new Hold<>("test", () -> now, NOPLogger.NOP_LOGGER, done::add);

    @Test
    void what_can_be_done_is_done_at_once() {
        offer("a");
        offer("b");

        assertThat(done).containsExactly("a", "b");
        assertThat(hold.size()).isZero();
    }

    @Test
    void an_outage_holds_the_chunk_and_queues_those_behind_it_untried() {
        away = true;
        offer("a");
        offer("b");

        assertThat(done).isEmpty();
        assertThat(tried).containsExactly("a");
        assertThat(hold.size()).isEqualTo(2);
        assertThat(hold.problem()).isEqualTo("store is away");
    }

    @Test
    void held_chunks_are_kept_alive_at_every_tick_and_go_on_in_order_when_the_store_is_back() {
        away = true;
        offer("a");
        offer("b");
        tick();
        assertThat(keptAlive).containsExactly("a", "b");

        away = false;
        offer("c");
        tick();
        assertThat(done).isEmpty(); // the second probe comes after two more ticks
        tick();

        assertThat(done).containsExactly("a", "b", "c");
        assertThat(hold.problem()).isNull();
        offer("d");
        assertThat(done).endsWith("d");
    }

    @Test
    void a_store_that_stays_away_is_probed_with_the_oldest_after_1_2_4_5_5_seconds() {
        away = true;
        offer("a");
        offer("b");
        List<Integer> probes = new ArrayList<>();
        for (int second = 1; second <= 20; second++) {
            int before = tried.size();
            tick();
            if (tried.size() > before) {
                probes.add(second);
            }
        }

        assertThat(probes).containsExactly(1, 3, 7, 12, 17);
        assertThat(tried).containsOnly("a");
    }

    @Test
    void after_a_slow_call_the_queue_is_taken_in_and_kept_alive_and_the_next_call_follows_at_once() {
        tick(); // at 0.0
        callTakes = Duration.ofMillis(1_500);
        offer("a");
        offer("b");
        offer("c");
        assertThat(done).containsExactly("a");

        tick(); // of 1.0, executed at 1.5
        assertThat(done).containsExactly("a", "b");
        assertThat(keptAlive).containsExactly("c");

        tick(); // of 2.0, executed at 3.0, and that of 3.0 waits behind it
        assertThat(done).containsExactly("a", "b");
        tick();
        assertThat(done).containsExactly("a", "b", "c");

        callTakes = Duration.ZERO;
        tick();
        tick();
        offer("d");
        assertThat(done).containsExactly("a", "b", "c", "d");
    }

    @Test
    void of_the_ticks_that_piled_up_behind_a_slow_call_only_the_last_makes_the_next_one() {
        tick(); // at 0.0
        callTakes = Duration.ofSeconds(5);
        offer("a");
        offer("b");
        for (int second = 1; second <= 4; second++) {
            tick();
        }
        offer("c"); // was queued behind those ticks

        assertThat(tried).containsExactly("a");
        assertThat(hold.size()).isEqualTo(2);
        tick(); // of 5.0
        assertThat(tried).containsExactly("a", "b");
        assertThat(keptAlive).endsWith("c");
    }

    @Test
    void ticks_that_come_more_slowly_than_the_clock_says_do_not_stop_the_work() {
        away = true;
        offer("a");
        for (int n = 0; n < 200; n++) {
            tick();
            now = now.plusMillis(1_100);
        }
        assertThat(tried).hasSizeGreaterThan(35); // one probe in five ticks
    }

    @Test
    void many_calls_each_quick_but_slow_together_stop_so_that_what_is_held_is_kept_alive() {
        away = true;
        for (int chunk = 0; chunk < 10; chunk++) {
            offer("chunk" + chunk);
        }
        away = false;
        callTakes = Duration.ofMillis(400);
        tick();

        assertThat(done).containsExactly("chunk0", "chunk1", "chunk2");
        assertThat(keptAlive).containsExactly("chunk3", "chunk4", "chunk5", "chunk6", "chunk7", "chunk8", "chunk9");
    }

    @Test
    void a_backlog_is_worked_off_nearly_all_of_the_time_also_if_that_takes_long() {
        away = true;
        for (int chunk = 0; chunk < 1_000; chunk++) {
            offer("chunk" + chunk);
        }
        away = false;
        callTakes = Duration.ofMillis(300);
        Instant begin = now;
        for (int second = 1; second <= 60; second++) {
            Instant due = begin.plusSeconds(second);
            now = now.isBefore(due) ? due : now; // a tick behind a slow call waits for its end
            tick();
        }

        assertThat(done).hasSizeGreaterThan(180); // of 200 calls that a minute has time for
        assertThat(Duration.between(begin, now)).isLessThan(Duration.ofSeconds(63)); // and ticks do not pile up
    }

    private void offer(String tuple) {
        hold.offer(tuple, () -> {
            tried.add(tuple);
            now = now.plus(callTakes);
            return away ? AWAY : DONE;
        });
    }

    private void tick() {
        hold.tick(keptAlive::add);
    }
}
