package org.offerstorm.dashboard.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.dashboard.day.Day;
import org.offerstorm.dashboard.pipeline.PipelineView.State;
import org.offerstorm.dashboard.pipeline.PipelineView.Step;
import org.offerstorm.dashboard.pipeline.PipelineView.Worker;
import org.offerstorm.dashboard.storage.StoreView;
import org.offerstorm.sinks.redis.Redis;
import org.offerstorm.sinks.solr.Solr;
import org.offerstorm.spouts.SpoutMetrics;
import org.offerstorm.tools.config.ConfigLoader;
import org.offerstorm.tools.figures.WorkerFigures;
import org.offerstorm.tools.targets.ScrapeTarget;
import org.offerstorm.tools.targets.TargetsFile;

/** Over workers that serve what a test says. */
class PipelineWatchTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    private final Day day = new Day();
    private List<StoreView> stores = List.of();
    private FakeWorker worker;
    private PipelineWatch pipeline;

    @BeforeEach
    void start() throws IOException {
        worker = new FakeWorker();
    }

    @AfterEach
    void end() {
        worker.close();
        if (pipeline != null) {
            pipeline.close();
        }
    }

    @Test
    void rates_and_latencies_are_those_of_the_counters() throws Exception {
        watch(worker.address());
        awaitView(view -> view.workers().size() == 1 && view.workers().get(0).answers());
        worker.passes(5_000);

        awaitView(view -> step(view, "solr").p99() > 0);

        PipelineView view = pipeline.view();
        assertThat(view.steps())
                .extracting(Step::id)
                .containsExactly("kafka", "spout", "parse", "continent", "hdfs", "solr", "redis", "dead-letters");
        assertThat(view.steps()).allMatch(step -> step.state() == State.FINE);
        for (String sink : List.of("hdfs", "solr", "redis")) {
            assertThat(step(view, sink).rate()).isBetween(1.0, 5_000.0);
            assertThat(step(view, sink).p50()).isEqualTo(0.1);
            assertThat(step(view, sink).p99()).isEqualTo(1.0);
        }
        assertThat(step(view, "spout").rate()).isEqualTo(step(view, "solr").rate());
        long minute = System.currentTimeMillis() / 60_000;
        assertThat(day.steps(PipelineWatch.LATENCY, minute, Day.MINUTES)).containsExactly(1.0);
    }

    @Test
    void a_sink_that_holds_says_why_and_since_when() throws Exception {
        worker.text(Redis.KIND.component(), TopologyNames.METRIC_PROBLEM, "redis refused\nstack trace")
                .number(Redis.KIND.component(), TopologyNames.METRIC_HELD, 3);
        long before = System.currentTimeMillis();
        watch(worker.address());
        awaitView(view -> step(view, "redis").state() == State.HOLDING);

        Step redis = step(pipeline.view(), "redis");
        assertThat(redis.reasons()).containsExactly("redis refused");
        assertThat(redis.since()).isBetween(before, System.currentTimeMillis());
        assertThat(redis.figures())
                .filteredOn(figure -> figure.name().equals("held"))
                .singleElement()
                .satisfies(figure -> assertThat(figure.value()).isEqualTo(3));
        assertThat(step(pipeline.view(), "solr").state()).isEqualTo(State.FINE);

        worker.text(Redis.KIND.component(), TopologyNames.METRIC_PROBLEM, null);
        awaitView(view -> step(view, "redis").state() == State.FINE);
        assertThat(step(pipeline.view(), "redis").since()).isGreaterThanOrEqualTo(redis.since());
    }

    @Test
    void a_spout_whose_oldest_record_waits_for_more_than_a_minute_is_behind() throws Exception {
        worker.number(TopologyNames.OFFER_SPOUT, SpoutMetrics.UNSETTLED + "/0", 12_000)
                .number(TopologyNames.OFFER_SPOUT, SpoutMetrics.UNSETTLED + "/1", 61_000);
        watch(worker.address());
        awaitView(view -> step(view, "spout").state() == State.BEHIND);
        worker.number(TopologyNames.OFFER_SPOUT, SpoutMetrics.UNSETTLED + "/1", 2_000);
        awaitView(view -> step(view, "spout").state() == State.FINE);
    }

    @Test
    void a_worker_that_goes_is_away_since_then_and_its_file_is_read_again() throws Exception {
        Path file = directory.resolve("workers.json");
        Files.writeString(file, "[{\"targets\":[\"" + worker.address() + "\"],\"labels\":{\"topology\":\"offers\"}}]");
        watch(file.toString());
        awaitView(view -> view.workers().size() == 1 && view.workers().get(0).answers());
        long since = pipeline.view().workers().get(0).since();
        int port = worker.port();

        worker.close();
        awaitView(view -> !view.workers().get(0).answers());
        Worker away = pipeline.view().workers().get(0);
        assertThat(away.since()).isGreaterThan(since);
        assertThat(away.reason()).isEqualTo("no connection");
        assertThat(away.topology()).isEqualTo("offers-1-1770000000");
        assertThat(step(pipeline.view(), "spout").state()).isEqualTo(State.UNKNOWN);

        worker = new FakeWorker(port);
        awaitView(view -> view.workers().get(0).answers());
        Files.writeString(file, "[{\"targets\":[]}]");
        awaitView(view -> view.workers().isEmpty());
        Files.writeString(file, "<html>");
        awaitView(view -> view.problem().contains("cannot be read"));
        Files.delete(file);
        awaitView(view -> view.problem().contains("status --targets " + file));
    }

    @Test
    void a_slot_without_a_worker_is_not_missed_and_one_that_had_a_worker_is() throws Exception {
        int empty = freePort();
        Path file = directory.resolve("targets.json");
        TargetsFile.write(
                file,
                List.of(
                        ScrapeTarget.slot("127.0.0.1", empty),
                        ScrapeTarget.slot("127.0.0.1", worker.port()),
                        ScrapeTarget.dashboard("127.0.0.1:1")));
        String address = worker.address();
        watch(file.toString());
        BlockingQueue<Answers> answers = new LinkedBlockingQueue<>();
        pipeline.onAnswers(answers::add);
        awaitView(view -> answering(view).equals(Map.of(address, true)));
        await().atMost(PATIENCE).until(() -> {
            Answers said = answers.poll(1, TimeUnit.MINUTES);
            return said.workers().containsKey(address) && said.silent() == 0;
        });

        worker.close();
        awaitView(view -> answering(view).equals(Map.of(address, false))
                && view.workers().get(0).reason().equals("no connection"));

        // Storm starts another one in the other slot, and the old one is missed for a while.
        worker = new FakeWorker(empty);
        awaitView(view -> answering(view).equals(Map.of(worker.address(), true, address, false)));

        // Nimbus says that one runs there, so it has to answer.
        worker.close();
        TargetsFile.write(file, List.of(ScrapeTarget.worker("127.0.0.1", freePort(), "offers")));
        awaitView(view -> view.workers().size() == 1 && !view.workers().get(0).answers());
        await().atMost(PATIENCE).until(() -> answers.poll(1, TimeUnit.MINUTES).silent() == 1);
        Files.delete(file);
        await().atMost(PATIENCE)
                .until(() -> answers.poll(1, TimeUnit.MINUTES).problem().contains(file.toString()));
    }

    @Test
    void the_worker_of_a_slot_is_missed_for_ten_minutes() throws Exception {
        Watched slot = new Watched("127.0.0.1:1", 0);
        slot.listedAs(ScrapeTarget.Role.SLOT);
        slot.silent("no connection", 1_000);
        assertThat(slot.isExpected(1_000)).isFalse();
        slot.silent("no answer within 3 s", 2_000);
        assertThat(slot.isExpected(2_000)).isTrue();

        slot.answered(new WorkerFigures("t", 6700, 1, 1, 3_000, 1, 2, null, List.of()), 3_000);
        slot.silent("no connection", 5_000);
        slot.silent("no connection", 604_999);
        assertThat(slot.isExpected(604_999)).isTrue();
        slot.silent("no connection", 605_000);
        assertThat(slot.isExpected(605_000)).isFalse();
        slot.answered(new WorkerFigures("t", 6700, 2, 2, 606_000, 1, 2, null, List.of()), 606_000);
        assertThat(slot.isExpected(606_000)).isTrue();

        slot.silent("no connection", 700_000);
        slot.listedAs(ScrapeTarget.Role.WORKER);
        assertThat(slot.isExpected(9_000_000)).isTrue();
    }

    @Test
    void a_store_that_does_not_answer_is_named_although_nothing_holds() throws Exception {
        stores = List.of(new StoreView("solr", "Solr", StoreView.State.UNKNOWN, 1, "refused", 0, Optional.empty()));
        watch(worker.address());
        awaitView(view -> step(view, "solr").state() == State.AWAY);
        assertThat(step(pipeline.view(), "solr").reasons()).containsExactly("does not answer the dashboard: refused");

        worker.text(Solr.KIND.component(), TopologyNames.METRIC_PROBLEM, "the sink's own words");
        awaitView(view -> step(view, "solr").state() == State.HOLDING);
        assertThat(step(pipeline.view(), "solr").reasons()).containsExactly("the sink's own words");
    }

    @Test
    void a_sink_of_which_no_worker_speaks_is_unknown() {
        pipeline = PipelineWatch.start(
                ConfigLoader.load(
                        null, Map.of("dashboard.workers", worker.address(), "sinks", "hdfs,solr,redis,postgres")),
                () -> stores,
                day,
                InstantSource.system());
        awaitView(view -> step(view, "redis").state() == State.FINE);
        Step postgres = step(pipeline.view(), "postgres");
        assertThat(postgres.state()).isEqualTo(State.UNKNOWN);
        assertThat(postgres.reasons()).containsExactly("no worker that answers has this sink");
    }

    @Test
    void without_workers_the_view_says_that_the_option_is_not_set() {
        watch("none");
        awaitView(view -> !view.steps().isEmpty());
        assertThat(pipeline.view().isSet()).isFalse();
        assertThat(step(pipeline.view(), "spout").state()).isEqualTo(State.UNKNOWN);
    }

    /** A port at which nobody listens. */
    private static int freePort() throws IOException {
        try (FakeWorker none = new FakeWorker()) {
            return none.port();
        }
    }

    private void watch(String workers) {
        pipeline = PipelineWatch.start(
                ConfigLoader.load(null, Map.of("dashboard.workers", workers)),
                () -> stores,
                day,
                InstantSource.system());
    }

    private static Map<String, Boolean> answering(PipelineView view) {
        return view.workers().stream().collect(Collectors.toMap(Worker::address, Worker::answers));
    }

    private void awaitView(Predicate<PipelineView> wanted) {
        await().atMost(PATIENCE).until(() -> wanted.test(pipeline.view()));
    }

    private static Step step(PipelineView view, String id) {
        return view.steps().stream()
                .filter(step -> step.id().equals(id))
                .findFirst()
                .orElse(new Step(id, id, "", false, State.UNKNOWN, 0, List.of(), 0, 0, 0, List.of()));
    }
}
