package org.offerstorm.dashboard.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.trigger.Channel;

/** No rule floods a channel. */
class AnnouncerTest {
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final Outbox channel = Outbox.start(
            "list",
            Channel.Form.GENERIC,
            event -> {
                received.add(event.id());
                return null;
            },
            Duration.ofMillis(1));
    private final Announcer announcer = new Announcer(List.of(channel));

    @AfterEach
    void end() {
        channel.close();
    }

    @Test
    void what_fires_and_ends_all_the_time_is_reduced_to_its_last_state() throws InterruptedException {
        for (int i = 0; i < 101; i++) {
            event("flaps", i % 2 == 0, i);
        }
        event("other", true, 200);

        assertThat(take(7)).containsExactly("flaps0", "flaps1", "flaps2", "flaps3", "flaps4", "flaps5", "other200");

        announcer.tick(Announcer.WINDOW_MILLIS - 1);
        announcer.tick(Announcer.WINDOW_MILLIS);
        event("other", false, 700_000);
        assertThat(take(2)).containsExactly("flaps100", "other700000");
    }

    @Test
    void what_came_and_went_while_it_was_held_back_is_not_sent() throws InterruptedException {
        for (int i = 0; i < 8; i++) {
            event("flaps", i % 2 == 0, i);
        }
        take(6);

        announcer.tick(Announcer.WINDOW_MILLIS + 10);
        event("other", true, 700_000);
        assertThat(take(1)).containsExactly("other700000");
    }

    private void event(String name, boolean fired, long at) {
        announcer.accept(new TriggerEvent(name + at, name, "r", fired, 1L, at));
    }

    private List<String> take(int count) throws InterruptedException {
        String[] taken = new String[count];
        for (int i = 0; i < count; i++) {
            taken[i] = received.poll(1, TimeUnit.MINUTES);
        }
        return List.of(taken);
    }
}
