package org.offerstorm.dashboard.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.sink.StatisticsReader;
import org.offerstorm.core.sink.StoreStatistics;
import org.offerstorm.core.sink.StoreStatistics.Figure;
import org.offerstorm.dashboard.day.Day;
import org.offerstorm.dashboard.storage.StoreView.State;

/** A store that answers, fails, hangs, or of which there is no client. */
class StoreProbeTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private interface Answer {
        StoreStatistics read() throws IOException;
    }

    private final AtomicReference<Instant> time = new AtomicReference<>(Instant.parse("2026-05-01T12:00:00Z"));
    private final AtomicReference<Answer> answer = new AtomicReference<>();
    private final Day day = new Day();
    private StoreProbe probe;

    @AfterEach
    void close() {
        probe.close();
    }

    @Test
    void figures_go_into_the_view_and_the_day() {
        start(() -> StoreStatistics.of(List.of(Figure.number("n", "N", 3), Figure.bytes("b", "B", 77))));
        StoreView view = awaitState(State.KNOWN);
        assertThat(view.bytes()).hasValue(77);
        assertThat(view.figure("n")).hasValue(3);
        long minute = time.get().toEpochMilli() / 60_000;
        assertThat(day.steps("storage.x.b", minute, 1)[Day.MINUTES - 1]).isEqualTo(77);
    }

    @Test
    void a_store_that_goes_away_is_unknown_since_then_and_keeps_what_was_known() {
        start(() -> StoreStatistics.of(List.of(Figure.bytes("b", "B", 77))));
        long known = awaitState(State.KNOWN).at();
        Instant leaves = time.get().plusSeconds(20);
        answer.set(() -> {
            time.set(leaves); // by the answer itself: none before it has this time, and none is late
            throw new IOException("refused\nat line two");
        });
        StoreView away = awaitState(State.UNKNOWN);
        assertThat(away.since()).isEqualTo(leaves.toEpochMilli());
        assertThat(away.reason()).isEqualTo("refused");
        assertThat(away.at()).isEqualTo(known);
        assertThat(away.statistics()).isPresent();
        assertThat(away.bytes()).isEmpty(); // nobody takes old figures for those of now
        Instant returns = leaves.plusSeconds(20);
        answer.set(() -> {
            time.set(returns);
            return StoreStatistics.of(List.of(Figure.bytes("b", "B", 78)));
        });
        assertThat(awaitState(State.KNOWN).since()).isEqualTo(returns.toEpochMilli());
    }

    @Test
    void a_store_that_hangs_is_unknown_after_half_a_minute() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        start(() -> {
            asked.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("ended");
        });
        assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
        time.set(time.get().plus(StoreProbe.LONGEST).plusMillis(1));
        StoreView hanging = awaitState(State.UNKNOWN);
        assertThat(hanging.reason()).contains("no answer within 30 s");
        end.countDown();
    }

    @Test
    void a_program_without_its_client_says_so() {
        start(() -> {
            throw new NoClassDefFoundError("org/apache/hadoop/fs/Path");
        });
        assertThat(awaitState(State.UNREADABLE).reason()).contains("no client of X");
    }

    private void start(Answer first) {
        answer.set(first);
        StatisticsReader reader = new StatisticsReader() {
            @Override
            public StoreStatistics read() throws IOException {
                return answer.get().read();
            }

            @Override
            public void close() {}
        };
        probe = new StoreProbe("x", "X", reader, Duration.ofMillis(10), day, time::get);
        probe.start();
    }

    private StoreView awaitState(State state) {
        Supplier<StoreView> view = probe::view;
        await().atMost(PATIENCE).until(() -> view.get().state() == state);
        return view.get();
    }
}
