package org.offerstorm.topology.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.check.Failure;
import org.offerstorm.tools.targets.ScrapeTarget;
import org.offerstorm.tools.targets.TargetsFile;
import org.offerstorm.tools.terminal.StopRequest;

/** The file of {@code status --targets}. */
class TargetsRefreshTest {
    private static final ScrapeTarget DASHBOARD = ScrapeTarget.dashboard("127.0.0.1:8080");
    private static final ScrapeTarget FIRST = ScrapeTarget.worker("a", 16700, "offers");
    private static final ScrapeTarget SECOND = ScrapeTarget.worker("b", 16701, "offers");

    @TempDir
    private Path directory;

    private final List<String> lines = new ArrayList<>();
    private final StopRequest stop = new StopRequest();
    private final Deque<Supplier<Optional<List<ScrapeTarget>>>> answers = new ArrayDeque<>();
    private final List<List<ScrapeTarget>> seen = new ArrayList<>();
    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("targets.json");
    }

    @Test
    void it_follows_the_workers_and_keeps_what_it_has_while_nimbus_is_silent() {
        answers.add(() -> Optional.of(List.of(FIRST)));
        answers.add(() -> {
            throw Failure.unreachable("no Nimbus at h:1", null);
        });
        answers.add(() -> Optional.of(List.of(FIRST, SECOND)));
        answers.add(() -> Optional.of(List.of(FIRST, SECOND)));
        answers.add(Optional::empty);
        refresh().keep(Duration.ofMillis(1), stop);

        // What the file held when the next answer was asked for.
        assertThat(seen)
                .containsExactly(
                        List.of(FIRST, DASHBOARD),
                        List.of(FIRST, DASHBOARD),
                        List.of(FIRST, SECOND, DASHBOARD),
                        List.of(FIRST, SECOND, DASHBOARD));
        assertThat(lines)
                .containsExactly(
                        file + ": 1 worker",
                        "no Nimbus at h:1; the file is left as it is",
                        file + ": 2 workers",
                        file + ": 0 workers");
    }

    @Test
    void a_file_that_cannot_be_written_ends_a_single_run() {
        file = directory.resolve("missing/targets.json");
        answers.add(() -> Optional.of(List.of(FIRST)));

        assertThatThrownBy(() -> refresh().once(List::of))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("--targets")
                .extracting(failure -> ((Failure) failure).exitCode())
                .isEqualTo(Failure.UNREACHABLE);
    }

    private TargetsRefresh refresh() {
        return new TargetsRefresh(file, List.of(DASHBOARD), this::answer, lines::add);
    }

    private Optional<List<ScrapeTarget>> answer() {
        if (file.toFile().exists()) {
            try {
                seen.add(TargetsFile.read(file));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        Supplier<Optional<List<ScrapeTarget>>> next = answers.remove();
        if (answers.isEmpty()) {
            stop.request(0);
        }
        return next.get();
    }
}
