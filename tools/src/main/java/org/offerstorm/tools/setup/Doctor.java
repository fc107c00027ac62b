package org.offerstorm.tools.setup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.offerstorm.core.check.Check;
import org.offerstorm.core.check.Finding;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.text.Messages;

/** Runs all checks side by side; one that fails or hangs hinders no other. For {@code doctor} and {@code submit}. */
public final class Doctor {
    /** How long all checks together may find nothing. */
    public static final Duration DEADLINE = Duration.ofSeconds(13);
    /** Times the deadline: the limit of checks that find something again and again. */
    private static final int LONGEST = 4;

    private Doctor() {}

    /**
     * Looks at every server that the configuration names, as the worker will use it.
     *
     * @return what was found, in the order of the checks; at least one finding for each
     */
    public static List<Finding> run(OfferstormConfig config) {
        return run(config, DEADLINE);
    }

    /**
     * As {@link #run(OfferstormConfig)}.
     *
     * @param deadline how long all checks together may find nothing
     */
    public static List<Finding> run(OfferstormConfig config, Duration deadline) {
        return run(Checks.of(config, deadline), deadline);
    }

    static List<Finding> run(List<Check> checks, Duration deadline) {
        News news = new News(deadline);
        List<Running> running =
                checks.stream().map(check -> Running.start(check, news)).toList();
        List<Finding> findings = new ArrayList<>();
        for (Running check : running) {
            findings.addAll(check.await(news, deadline));
        }
        return findings;
    }

    /** When something was last found: a machine on which checks still find something is slow, not stuck. */
    private static final class News {
        private final long deadline;
        private final long begin = System.nanoTime();
        private final AtomicLong last = new AtomicLong(begin);

        News(Duration deadline) {
            this.deadline = deadline.toNanos();
        }

        void come() {
            last.set(System.nanoTime());
        }

        /** Nanoseconds that are left for the next; 0 or less: none. */
        long left() {
            long now = System.nanoTime();
            return (now - begin) / LONGEST > deadline ? 0 : deadline - (now - last.get());
        }
    }

    private record Running(Check check, List<Finding> found, CompletableFuture<Void> end, Thread thread) {
        static Running start(Check check, News news) {
            List<Finding> found = new CopyOnWriteArrayList<>();
            CompletableFuture<Void> end = new CompletableFuture<>();
            Thread thread = new Thread(
                    () -> {
                        try {
                            check.run(finding -> {
                                found.add(finding);
                                news.come();
                            });
                            news.come();
                            end.complete(null);
                        } catch (Throwable e) { // also a class that is missing: the other checks go on
                            end.completeExceptionally(e);
                        }
                    },
                    "check-" + check.name());
            thread.setDaemon(true);
            thread.start();
            return new Running(check, found, end, thread);
        }

        List<Finding> await(News news, Duration deadline) {
            Finding unexpected = null;
            try {
                await(news);
            } catch (ExecutionException e) {
                unexpected = Finding.fail(
                        check.name(), check.where(), Messages.of(e.getCause()), "see whether the address is right");
            } catch (TimeoutException e) {
                unexpected = Finding.fail(
                        check.name(),
                        check.where(),
                        "the check was not through within " + deadline.toSeconds() + " s",
                        "see whether the server hangs, or the network loses packets; if the machine is busy, wait longer"
                                + " with --wait");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                unexpected = Finding.fail(check.name(), check.where(), "the check was interrupted", "run it again");
            } finally {
                thread.interrupt(); // nothing, if it has ended
            }
            List<Finding> findings = new ArrayList<>(found);
            if (unexpected != null) {
                findings.add(unexpected);
            }
            return findings;
        }

        private void await(News news) throws ExecutionException, InterruptedException, TimeoutException {
            while (true) {
                long left = news.left();
                try {
                    end.get(Math.max(0, left), TimeUnit.NANOSECONDS);
                    return;
                } catch (TimeoutException e) {
                    if (left <= 0) {
                        throw e;
                    }
                }
            }
        }
    }
}
