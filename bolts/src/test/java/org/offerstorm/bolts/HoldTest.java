package org.offerstorm.bolts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.sink.Delivery;
import org.offerstorm.core.sink.HoldCause;
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
    private final Hold<String> hold = new Hold<>("test", () -> now, NOPLogger.NOP_LOGGER, 2, done::add);

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
    void a_hold_has_the_cause_of_the_attempt_that_failed() {
        assertThat(hold.cause()).isNull();
        away = true;
        hold.offer("a", new Hold.Attempt() {
            @Override
            public Delivery run() {
                return Delivery.known(away ? AWAY : DONE);
            }

            @Override
            public HoldCause cause() {
                return HoldCause.DEAD_LETTERS;
            }
        });
        offer("b");
        assertThat(hold.cause()).isEqualTo(HoldCause.DEAD_LETTERS);

        away = false;
        tick();
        assertThat(done).containsExactly("a", "b");
        assertThat(hold.cause()).isNull();

        callTakes = Duration.ofSeconds(2);
        offer("c");
        assertThat(hold.cause()).isEqualTo(HoldCause.SLOW);
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

    @Test
    void others_are_worked_on_while_an_answer_is_under_way_and_a_chunk_is_done_when_its_own_answer_is_there() {
        Deque<Answer> a = send("a");
        Deque<Answer> b = send("b");
        assertThat(tried).containsExactly("a", "b");
        assertThat(done).isEmpty();
        assertThat(hold.size()).isZero();
        tick();
        assertThat(done).isEmpty();
        assertThat(keptAlive).containsExactly("a", "b");

        a.getLast().result = DONE;
        offer("c");
        assertThat(done).containsExactly("a"); // the answer to c is known, and comes after that to b
        b.getLast().result = DONE;
        tick();
        assertThat(done).containsExactly("a", "b", "c");
        assertThat(hold.problem()).isNull();
    }

    @Test
    void an_answer_that_it_was_not_done_has_it_tried_again_with_what_is_not_known_to_be_done() {
        Deque<Answer> a = send("a");
        Deque<Answer> b = send("b");
        b.getLast().result = DONE;
        a.getLast().result = AWAY;
        offer("c");
        assertThat(tried).containsExactly("a", "b");
        assertThat(done).containsExactly("b");
        assertThat(hold.size()).isEqualTo(2);
        assertThat(hold.problem()).isEqualTo("store is away");

        tick();
        assertThat(tried).containsExactly("a", "b", "a"); // a probe: its answer is awaited before another is sent
        assertThat(hold.size()).isEqualTo(2);
        assertThat(a).hasSize(2);
    }

    @Test
    void no_more_than_the_limit_wait_for_answers() {
        Deque<Answer> a = send("a");
        send("b");
        a.getLast().result = DONE;
        send("c");
        assertThat(done).containsExactly("a");
        callTakes = Duration.ofMillis(100);
        send("d"); // b is awaited

        assertThat(tried).containsExactly("a", "b", "c", "d");
        assertThat(hold.problem()).isEqualTo("store is away");
        assertThat(hold.size()).isEqualTo(3);
    }

    @Test
    void a_slow_answer_is_treated_as_a_slow_call() {
        tick(); // at 0.0
        send("a").getLast().whenAwaited = DONE;
        send("b").getLast().whenAwaited = DONE;
        callTakes = Duration.ofMillis(1_500);
        send("c").getLast().whenAwaited = DONE; // a is awaited
        offer("d");

        assertThat(done).containsExactly("a");
        assertThat(tried).containsExactly("a", "b", "c");
        assertThat(hold.problem()).contains("slow");
        callTakes = Duration.ofMillis(100);
        tick(); // of 1.0, executed at 1.5: all others are awaited
        assertThat(done).containsExactly("a", "b", "c", "d");
        assertThat(hold.problem()).isNull();
    }

    private void offer(String tuple) {
        hold.offer(tuple, () -> {
            tried.add(tuple);
            now = now.plus(callTakes);
            return Delivery.known(away ? AWAY : DONE);
        });
    }

    /** Each run makes another answer, which the test gives later. */
    private Deque<Answer> send(String tuple) {
        Deque<Answer> answers = new ArrayDeque<>();
        hold.offer(tuple, () -> {
            tried.add(tuple);
            answers.addLast(new Answer());
            return answers.peekLast();
        });
        return answers;
    }

    /** Unknown until it is set; who waits for it before gets {@link #whenAwaited} after {@link HoldTest#callTakes}. */
    private final class Answer implements Delivery {
        private WriteResult result;
        private WriteResult whenAwaited = AWAY;

        @Override
        public boolean isKnown() {
            return result != null;
        }

        @Override
        public WriteResult result() {
            if (result == null) {
                now = now.plus(callTakes);
                result = whenAwaited;
            }
            return result;
        }
    }

    private void tick() {
        hold.tick(keptAlive::add);
    }
}
