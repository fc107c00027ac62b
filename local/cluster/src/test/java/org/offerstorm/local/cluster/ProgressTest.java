package org.offerstorm.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.local.servers.Proc;

class ProgressTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path temp;

    private final Machine machine = new Machine();
    private Path log;
    private long nanos = 7;

    @BeforeEach
    void write() throws IOException {
        log = temp.resolve("server.log");
        Files.writeString(log, "an older start\n");
    }

    @Test
    void a_process_that_does_nothing_is_given_up_after_the_patience() {
        Progress start = start();

        assertThat(after(start, 89)).isEmpty();
        assertThat(after(start, 2)).contains("no progress for 90 s");
    }

    @Test
    void a_new_kind_of_line_is_progress_and_a_repeated_one_is_not() throws IOException {
        Progress start = start();
        say("2026-01-01 10:00:01 INFO loading the log of offers-0\n");
        assertThat(after(start, 60)).isEmpty();

        say("2026-01-01 10:01:07 WARN cannot connect to 127.0.0.1:1234, attempt 1\n");
        assertThat(after(start, 60)).isEmpty();
        for (int attempt = 2; attempt < 9; attempt++) {
            say("2026-01-01 10:01:0" + attempt + " WARN cannot connect to 127.0.0.1:1234, attempt " + attempt + "\n");
            assertThat(after(start, 10)).isEmpty();
        }
        assertThat(after(start, 30)).contains("no progress for 90 s");
    }

    @Test
    void half_a_line_is_no_kind_of_line() throws IOException {
        Progress start = start();
        say("WARN cannot connect\n");
        assertThat(after(start, 1)).isEmpty();
        assertThat(after(start, 60)).isEmpty();
        say("WARN cannot con");
        assertThat(after(start, 20)).isEmpty();
        say("nect\n");

        assertThat(after(start, 20)).contains("no progress for 90 s");
    }

    @Test
    void computing_is_progress_and_idling_is_not() {
        Progress start = start();
        machine.cpu += 3; // reads its data, and says nothing
        assertThat(after(start, 60)).isEmpty();
        assertThat(after(start, 60)).isEmpty();

        machine.cpu += 0.016 * 60;
        assertThat(after(start, 60)).contains("no progress for 90 s");
    }

    @Test
    void an_answer_of_another_kind_is_progress() {
        Progress start = start();
        start.step("it does not listen on port 17000");
        assertThat(after(start, 60)).isEmpty();
        start.step("the NameNode is in safe mode");
        assertThat(after(start, 60)).isEmpty();
        start.step("it does not listen on port 17001");

        assertThat(after(start, 60)).contains("no progress for 90 s");
    }

    @Test
    void time_that_others_have_the_processor_does_not_count() {
        Progress start = start();
        for (int i = 0; i < 10; i++) {
            machine.ran += 1;
            machine.queued += 19; // a load of 40 on two cores
            assertThat(after(start, 60)).as("after %d min", i + 1).isEmpty();
        }
        assertThat(after(start, 61)).as("of 10 min it had 30 s").contains("no progress for 90 s");
    }

    @Test
    void a_start_that_runs_in_circles_is_given_up_too() throws IOException {
        Progress start = start();
        String circle = "x";
        for (int i = 0; i < 15; i++) {
            circle += "x";
            say(circle + "\n");
            assertThat(after(start, 59)).isEmpty();
        }
        say(circle + "x\n");

        assertThat(after(start, 59)).contains("still not done after 900 s");
    }

    @Test
    void the_longest_duration_is_no_overflow() {
        assertThat(new Progress(Duration.ofDays(36_500), List.of(log), machine, () -> nanos).givenUp())
                .isEmpty();
    }

    private Progress start() {
        return new Progress(PATIENCE, List.of(log), machine, () -> nanos);
    }

    private Optional<String> after(Progress start, int seconds) {
        nanos += Duration.ofSeconds(seconds).toNanos();
        return start.givenUp();
    }

    private void say(String text) throws IOException {
        Files.writeString(log, text, StandardOpenOption.APPEND);
    }

    private static final class Machine implements Progress.Machine {
        private double ran;
        private double queued;
        private double cpu;

        @Override
        public Optional<Proc.Turns> turns() {
            return Optional.of(new Proc.Turns(ran, queued));
        }

        @Override
        public double cpuSeconds() {
            return cpu;
        }
    }
}
