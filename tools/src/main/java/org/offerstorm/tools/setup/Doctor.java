package org.offerstorm.tools.setup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.offerstorm.core.check.Check;
import org.offerstorm.core.check.Finding;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.text.Messages;

/** Runs all checks side by side; one that fails or hangs hinders no other. For {@code doctor} and {@code submit}. */
public final class Doctor {
    /** All checks together take no longer. */
    public static final Duration DEADLINE = Duration.ofSeconds(13);

    private Doctor() {}

    /**
     * Looks at every server that the configuration names, as the worker will use it.
     *
     * @return what was found, in the order of the checks; at least one finding for each
     */
    public static List<Finding> run(OfferstormConfig config) {
        return run(Checks.of(config), DEADLINE);
    }

    static List<Finding> run(List<Check> checks, Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        List<Running> running = checks.stream().map(Running::start).toList();
        List<Finding> findings = new ArrayList<>();
        for (Running check : running) {
            findings.addAll(check.await(end, deadline));
        }
        return findings;
    }

    private record Running(Check check, List<Finding> found, CompletableFuture<Void> end, Thread thread) {
        static Running start(Check check) {
            List<Finding> found = new CopyOnWriteArrayList<>();
            CompletableFuture<Void> end = new CompletableFuture<>();
            Thread thread = new Thread(
                    () -> {
                        try {
                            check.run(found::add);
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

        List<Finding> await(long endNanos, Duration deadline) {
            Finding unexpected = null;
            try {
                end.get(Math.max(0, endNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                unexpected = Finding.fail(
                        check.name(), check.where(), Messages.of(e.getCause()), "see whether the address is right");
            } catch (TimeoutException e) {
                unexpected = Finding.fail(
                        check.name(),
                        check.where(),
                        "the check was not through within " + deadline.toSeconds() + " s",
                        "see whether the server hangs, or the network loses packets");
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
    }
}
