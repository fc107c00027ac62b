package org.offerstorm.dashboard.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.offerstorm.core.figures.Histogram;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.tools.figures.FiguresClient;
import org.offerstorm.tools.figures.WorkerFigures;
import org.offerstorm.tools.targets.ScrapeTarget;

/** One worker and its last minute. Used by the poller's thread. */
final class Watched {
    /** Between two readings that are kept. */
    private static final long STEP_MILLIS = 5_000;
    /** So far back, rates look. */
    private static final long RATE_MILLIS = 15_000;
    /** So far back, histograms look. */
    private static final long HISTOGRAM_MILLIS = 60_000;

    private static final int MOST_WORDS = 200;

    /** So long, the worker of a slot is missed; then it runs elsewhere, or its topology was ended. */
    static final long MISSED_MILLIS = 600_000;

    private final String address;
    private final Deque<Reading> kept = new ArrayDeque<>();
    private ScrapeTarget.Role role = ScrapeTarget.Role.WORKER;
    private WorkerFigures figures;
    private Reading newest;
    private boolean answers;
    private long since;
    private String reason = "it was not asked yet";

    Watched(String address, long now) {
        this.address = address;
        this.since = now;
    }

    /** As the list has it now. */
    void listedAs(ScrapeTarget.Role now) {
        role = now;
    }

    /**
     * Whether somebody should answer here. At a slot nobody has to, unless there was a worker within the last ten minutes, or
     * something listens and says nothing.
     */
    boolean isExpected(long now) {
        if (role != ScrapeTarget.Role.SLOT || answers) {
            return true;
        }
        return figures == null ? !reason.equals(FiguresClient.NO_CONNECTION) : now - since < MISSED_MILLIS;
    }

    void answered(WorkerFigures answer, long now) {
        if (!answers) {
            since = now;
        }
        answers = true;
        reason = "";
        if (figures == null || !sameProcess(answer)) {
            kept.clear();
        }
        figures = answer;
        newest = Reading.of(answer);
        if (kept.isEmpty() || newest.at() - kept.getLast().at() >= STEP_MILLIS) {
            kept.add(newest);
        }
        while (kept.size() > 1 && newest.at() - kept.getFirst().at() > HISTOGRAM_MILLIS + STEP_MILLIS) {
            kept.removeFirst();
        }
    }

    void silent(String why, long now) {
        if (answers || (newest == null && reason.startsWith("it was not"))) {
            since = now;
        }
        answers = false;
        reason = PlainText.excerpt(PlainText.firstLine(why), MOST_WORDS);
        kept.clear();
    }

    private boolean sameProcess(WorkerFigures answer) {
        return figures.pid() == answer.pid()
                && figures.startedAt() == answer.startedAt()
                && String.valueOf(figures.topology()).equals(String.valueOf(answer.topology()));
    }

    boolean answers() {
        return answers;
    }

    WorkerFigures figures() {
        return figures;
    }

    PipelineView.Worker view() {
        return new PipelineView.Worker(
                address, answers, since, reason, figures == null ? "" : String.valueOf(figures.topology()));
    }

    /** A number now; nothing if it does not report it. */
    Optional<Long> number(String component, String metric) {
        return answers ? Optional.ofNullable(newest.numbers().get(Reading.key(component, metric))) : Optional.empty();
    }

    /** How much a counter grew in a second, of the last fifteen; not a number if it is not known. */
    double rate(String component, String metric) {
        Reading before = before(RATE_MILLIS);
        String key = Reading.key(component, metric);
        if (before == null || !newest.numbers().containsKey(key)) {
            return Double.NaN;
        }
        double grown = newest.numbers().get(key) - before.numbers().getOrDefault(key, 0L);
        return Math.max(0, grown) * 1_000 / (newest.at() - before.at());
    }

    /** What fell into a histogram in the last minute. */
    Optional<Histogram> histogram(String component, String metric) {
        Reading before = before(HISTOGRAM_MILLIS);
        String key = Reading.key(component, metric);
        if (before == null || !newest.histograms().containsKey(key)) {
            return Optional.empty();
        }
        Histogram now = newest.histograms().get(key);
        Histogram then = before.histograms().get(key);
        return Optional.of(then != null && then.upTo().equals(now.upTo()) ? now.since(then) : now);
    }

    /** The newest reading that is at least so old, or the oldest; null if there is none before the newest. */
    private Reading before(long millis) {
        if (!answers) {
            return null;
        }
        Reading found = null;
        for (Reading reading : kept) {
            if (found == null || newest.at() - reading.at() >= millis) {
                found = reading;
            }
        }
        return found == null || newest.at() <= found.at() ? null : found;
    }
}
