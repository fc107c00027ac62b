package org.offerstorm.local.trials.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.local.cluster.ClusterControl;
import org.offerstorm.local.trials.chaos.site.Fault;
import org.offerstorm.local.trials.chaos.site.LakeRuns;
import org.offerstorm.local.trials.chaos.site.Proxies;
import org.offerstorm.local.trials.chaos.site.Site;

/** The faults of the lake with a launcher that only notes how it was called. */
class LakeFaultsTest {
    private static final String RUN = "lake run --config offerstorm.yaml";

    @TempDir
    private Path directory;

    @Test
    void a_run_is_killed_and_run_again() throws Exception {
        LakeRuns lake = launcher("sleep 3", "exec sleep 600", "0");
        lake.run();

        inject(new LakeKill(), lake);

        assertThat(calls()).isEqualTo(List.of(RUN, RUN, RUN));
    }

    @Test
    void a_run_that_does_not_make_up_for_it_fails_the_fault() throws Exception {
        LakeRuns lake = launcher("sleep 3", "exec sleep 600", "1");
        lake.run();

        assertThatThrownBy(() -> inject(new LakeKill(), lake))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ended with exit code 1: said by call 3");
    }

    @Test
    void of_two_runs_one_succeeds_and_the_other_may_end_with_0_or_3() throws Exception {
        inject(new LakeTwice(), launcher("0", "3", "0"));
        inject(new LakeTwice(), launcher("3", "0", "0"));
        inject(new LakeTwice(), launcher("0", "0", "0"));

        for (String[] codes : new String[][] {{"3", "3", "0"}, {"0", "1", "0"}, {"0", "3", "3"}}) {
            assertThatThrownBy(() -> inject(new LakeTwice(), launcher(codes)))
                    .as(String.join(" ", codes))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void what_still_runs_is_killed_by_the_heal() throws Exception {
        LakeRuns lake = launcher("exec sleep 600");
        var process = lake.start("run");

        new LakeTwice().heal(new Commands(lake));

        assertThat(process.isAlive()).isFalse();
    }

    private static void inject(Fault fault, LakeRuns lake) throws Exception {
        Site site = new Commands(lake);
        try {
            fault.inject(site);
        } finally {
            fault.heal(site);
        }
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(directory.resolve("calls"));
    }

    /** @param answers of its calls: an exit code, or a command of the shell */
    private LakeRuns launcher(String... answers) throws IOException {
        Files.deleteIfExists(directory.resolve("calls"));
        StringBuilder script = new StringBuilder("#!/bin/sh\ncd \"$(dirname \"$0\")\"\nuntil mkdir busy 2>/dev/null; do"
                + " sleep 0.01; done\necho \"$*\" >>calls\nn=$(wc -l <calls)\nrmdir busy\n"
                + "echo \"said by call $((n))\"\ncase $((n)) in\n");
        for (int i = 0; i < answers.length; i++) {
            script.append(i + 1)
                    .append(") ")
                    .append(answers[i].matches("[0-9]") ? "exit " + answers[i] : answers[i])
                    .append(" ;;\n");
        }
        Path launcher = directory.resolve("offerstorm");
        Files.writeString(launcher, script + "esac\n");
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        return new LakeRuns(launcher, directory.resolve("logs"), List.of("--config", "offerstorm.yaml"), line -> {});
    }

    /** A site with a lake alone, and no luck: the lock stays. */
    private record Commands(LakeRuns lake) implements Site {
        @Override
        public Random random() {
            return new Random() {
                private static final long serialVersionUID = 1L;

                @Override
                public boolean nextBoolean() {
                    return false;
                }

                /** As late as can be. */
                @Override
                public double nextDouble() {
                    return 0.99;
                }

                @Override
                public int nextInt(int bound) {
                    return 0;
                }
            };
        }

        @Override
        public ClusterControl cluster() {
            throw new UnsupportedOperationException();
        }

        @Override
        public OfferstormConfig direct() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Proxies proxies() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Path directory() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int offerstorm(String... words) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void log(String line) {
            assertThat(line).isNotBlank();
        }
    }
}
