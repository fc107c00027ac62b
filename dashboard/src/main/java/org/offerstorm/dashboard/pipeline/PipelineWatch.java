package org.offerstorm.dashboard.pipeline;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.dashboard.day.Day;
import org.offerstorm.dashboard.pipeline.PipelineView.Step;
import org.offerstorm.dashboard.storage.StoreView;
import org.offerstorm.tools.figures.FiguresClient;
import org.offerstorm.tools.figures.WorkerFigures;
import org.offerstorm.tools.targets.ScrapeTarget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the workers every two seconds. Any thread may call it. */
public final class PipelineWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineWatch.class);

    /** Between two questions. */
    static final Duration PACE = Duration.ofSeconds(2);
    /** A worker that does not answer within this is away; the question may be answered later. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** Names of the history's series. */
    public static final String RATE = "pipeline.rate";

    public static final String LAG = "pipeline.lag";
    public static final String LATENCY = "pipeline.latency";

    /** After this a question is asked again. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final WorkerList list;
    private final PipelineSteps steps;
    private final Supplier<List<StoreView>> stores;
    private final Day day;
    private final InstantSource clock;
    private final FiguresClient client = new FiguresClient();
    /** The listed ones, by address. */
    private final Map<String, Watched> workers = new LinkedHashMap<>();
    /** Questions that are not answered: a worker that hangs is not asked again. */
    private final Map<String, Question> open = new LinkedHashMap<>();

    private final Thread thread;
    private volatile PipelineView view;
    private volatile Consumer<Answers> listener = answers -> {};
    private volatile boolean closed;

    private record Question(CompletableFuture<WorkerFigures> answer, long asked) {}

    private PipelineWatch(OfferstormConfig config, Supplier<List<StoreView>> stores, Day day, InstantSource clock) {
        this.list = new WorkerList(config.dashboard());
        this.steps = new PipelineSteps(config.sinks());
        this.stores = stores;
        this.day = day;
        this.clock = clock;
        this.view = PipelineView.none(clock.millis(), list.isSet());
        this.thread = new Thread(this::run, "pipeline-poller");
        thread.setDaemon(true);
    }

    /**
     * Starts asking; waits for nobody.
     *
     * @param stores what is known of the stores
     * @param day takes the history
     */
    public static PipelineWatch start(
            OfferstormConfig config, Supplier<List<StoreView>> stores, Day day, InstantSource clock) {
        PipelineWatch pipeline = new PipelineWatch(config, stores, day, clock);
        pipeline.thread.start();
        return pipeline;
    }

    /**
     * Hands the answers of each round to somebody.
     *
     * @param told called on the thread that asks; must not wait
     */
    public void onAnswers(Consumer<Answers> told) {
        listener = told;
    }

    /** What is known now. */
    public PipelineView view() {
        return view;
    }

    /** The history. */
    public Day day() {
        return day;
    }

    private void run() {
        while (!closed) {
            try {
                look();
                Thread.sleep(PACE.toMillis());
            } catch (InterruptedException e) {
                break;
            } catch (RuntimeException e) { // or the page would never change again
                LOG.warn("Cannot judge what the workers say", e);
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(PACE.toMillis());
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    private void look() throws InterruptedException {
        WorkerList.Listed listed = list.read();
        ask(listed.targets());
        long now = clock.millis();
        List<Watched> watched = listed.targets().stream()
                .map(target -> workers.get(target.address()))
                .filter(worker -> worker.isExpected(now))
                .toList();
        List<Step> all = steps.of(watched, stores.get(), now);
        view = new PipelineView(
                now,
                list.isSet(),
                listed.problem(),
                watched.stream().map(Watched::view).toList(),
                all);
        note(all, now / 60_000);
        listener.accept(answers(listed, now));
    }

    private Answers answers(WorkerList.Listed listed, long now) {
        Map<String, WorkerFigures> answers = new LinkedHashMap<>();
        int silent = 0;
        for (ScrapeTarget target : listed.targets()) {
            Watched worker = workers.get(target.address());
            if (worker.answers()) {
                answers.put(target.address(), worker.figures());
            } else if (target.role() == ScrapeTarget.Role.WORKER) {
                silent++;
            }
        }
        return new Answers(now, answers, silent, listed.targets().isEmpty() ? listed.problem() : "");
    }

    private void ask(List<ScrapeTarget> targets) throws InterruptedException {
        List<String> addresses = targets.stream().map(ScrapeTarget::address).toList();
        workers.keySet().retainAll(addresses);
        open.keySet().retainAll(addresses);
        for (ScrapeTarget target : targets) {
            String address = target.address();
            workers.computeIfAbsent(address, any -> new Watched(address, clock.millis()))
                    .listedAs(target.role());
            open.computeIfAbsent(address, any -> new Question(client.figures(address), clock.millis()));
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (String address : addresses) {
            Question question = open.get(address);
            Watched worker = workers.get(address);
            try {
                worker.answered(
                        question.answer.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS),
                        clock.millis());
                open.remove(address);
            } catch (TimeoutException e) {
                worker.silent("no answer within " + PATIENCE.toSeconds() + " s", clock.millis());
                if (clock.millis() - question.asked > LONGEST.toMillis()) {
                    open.remove(address);
                }
            } catch (ExecutionException e) {
                worker.silent(FiguresClient.reason(e), clock.millis());
                open.remove(address);
            }
        }
    }

    private void note(List<Step> all, long minute) {
        double slowest = Double.NaN;
        for (Step step : all) {
            if (step.isSink()) {
                day.put("pipeline." + step.id() + ".rate", minute, step.rate());
                day.put("pipeline." + step.id() + ".latency", minute, step.p99());
                slowest =
                        Double.isNaN(step.p99()) ? slowest : Math.max(step.p99(), Double.isNaN(slowest) ? 0 : slowest);
            } else if (step.id().equals(PipelineSteps.SPOUT)) {
                day.put(RATE, minute, step.rate());
                step.figures().stream()
                        .filter(figure -> figure.name().equals("lag"))
                        .forEach(figure -> day.put(LAG, minute, figure.value()));
            } else if (step.id().equals(PipelineSteps.DEAD_LETTERS)) {
                day.put("pipeline.dead-letters.rate", minute, step.rate());
            }
        }
        day.put(LATENCY, minute, slowest);
    }

    /** Names of the series that there may be, with the steps' own. */
    public List<String> series() {
        List<String> names = new ArrayList<>(List.of(RATE, LAG, LATENCY, "pipeline.dead-letters.rate"));
        for (Step step : view.steps()) {
            if (step.isSink()) {
                names.add("pipeline." + step.id() + ".rate");
                names.add("pipeline." + step.id() + ".latency");
            }
        }
        return names;
    }

    /** Ends the thread. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
