package org.offerstorm.tools.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.check.Check;
import org.offerstorm.core.check.Finding;

class DoctorRunTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    /** Longer than a busy machine stops everything for. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    @Test
    void checks_run_side_by_side_and_are_reported_in_their_order() {
        CountDownLatch both = new CountDownLatch(2);
        Work meet = found -> {
            both.countDown();
            both.await(); // forever, if one came after the other
            found.accept(Finding.ok("meet", "here", "fine"));
        };
        assertThat(Doctor.run(List.of(new Scripted("a", meet), new Scripted("b", meet)), LONG))
                .hasSize(2);
    }

    @Test
    void a_check_that_hangs_keeps_what_it_told_and_hinders_no_other() {
        CountDownLatch never = new CountDownLatch(1);
        Scripted hangs = new Scripted("slow", found -> {
            found.accept(Finding.ok("slow", "there", "answers"));
            never.await();
        });
        Scripted fine = new Scripted("fine", found -> found.accept(Finding.ok("fine", "there", "answers")));

        List<Finding> findings = Doctor.run(List.of(hangs, fine), PAUSE);

        assertThat(findings).extracting(Finding::name).containsExactly("slow", "slow", "fine");
        assertThat(findings).extracting(Finding::isFailure).containsExactly(false, true, false);
        assertThat(findings.get(1).message()).contains("not through within");
    }

    @Test
    void checks_that_still_find_something_are_waited_for() {
        Scripted slow = new Scripted("slow", found -> {
            for (int i = 0; i < 6; i++) {
                Thread.sleep(1_000);
                found.accept(Finding.ok("slow", "there", "step " + i));
            }
        });

        assertThat(Doctor.run(List.of(slow), PAUSE))
                .extracting(Finding::message)
                .containsExactly("step 0", "step 1", "step 2", "step 3", "step 4", "step 5");
    }

    @Test
    void a_check_that_breaks_is_a_failure_with_its_cause() {
        Scripted breaks = new Scripted("broken", found -> {
            throw new IllegalStateException("no more", new IllegalArgumentException("wires\ncut"));
        });
        assertThat(Doctor.run(List.of(breaks), LONG)).singleElement().satisfies(finding -> {
            assertThat(finding.isFailure()).isTrue();
            assertThat(finding.message()).isEqualTo("no more: wires");
            assertThat(finding.where()).isEqualTo("nowhere");
        });
    }

    @Test
    void a_finding_is_one_line_regardless_of_what_a_server_says() {
        assertThat(Finding.fail("x", "y", "a\r\n\tb\u001b[31mc", "")).satisfies(finding -> {
            assertThat(finding.message()).isEqualTo("a b [31mc");
        });
    }

    private interface Work {
        void run(Consumer<Finding> found) throws Exception;
    }

    private record Scripted(String name, Work work) implements Check {
        @Override
        public String where() {
            return "nowhere";
        }

        @Override
        public void run(Consumer<Finding> found) throws Exception {
            work.run(found);
        }
    }
}
