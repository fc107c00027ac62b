package org.offerstorm.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WaitingTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(1);

    private final AtomicInteger looks = new AtomicInteger();

    @Test
    void looks_until_something_is_found() throws Exception {
        Optional<String> found =
                Waiting.find(LONG, SHORT, () -> looks.incrementAndGet() < 3 ? Optional.empty() : Optional.of("third"));

        assertThat(found).contains("third");
        assertThat(looks).hasValue(3);
    }

    @Test
    void looks_once_even_without_patience_and_finds_nothing_after_it() throws Exception {
        assertThat(Waiting.holds(Duration.ZERO, SHORT, () -> looks.incrementAndGet() > 0))
                .isTrue();
        assertThat(Waiting.holds(Duration.ofMillis(5), SHORT, () -> false)).isFalse();
    }

    @Test
    void a_condition_that_never_holds_is_named() {
        assertThatThrownBy(() -> Waiting.until("the sun rises", SHORT, () -> false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("waited 0 s without success: the sun rises");
    }

    @Test
    void the_failure_of_a_look_ends_the_wait() {
        assertThatThrownBy(() -> Waiting.until("Redis answers", LONG, () -> {
                    throw new IOException("no Redis");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("no Redis");
    }
}
