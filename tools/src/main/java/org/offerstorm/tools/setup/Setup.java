package org.offerstorm.tools.setup;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.offerstorm.core.check.Check;
import org.offerstorm.core.check.Finding;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.core.sink.SetupStep;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.core.text.Messages;
import org.offerstorm.sinks.Sinks;
import org.offerstorm.tools.setup.Step.State;

/**
 * Makes what the topology needs and is missing: topics, Solr's core, the directory in HDFS. Nothing that exists is
 * changed, so that it may be run again at any time. One server after the other; one that is away hinders no other. Used
 * by one thread.
 */
public final class Setup {
    /** Let an existing topic have as many partitions as it has. */
    public static final int ANY_PARTITIONS = 0;
    /** Unless chosen otherwise. */
    public static final Duration DEFAULT_PATIENCE = KafkaAdmin.PATIENCE;
    /** Of a new topic, unless chosen otherwise. */
    public static final int DEFAULT_PARTITIONS = 4;

    private static final Set<String> SERVERS = Stream.concat(
                    Stream.of("kafka"), Sinks.ALL.stream().map(SinkKind::name))
            .collect(Collectors.toUnmodifiableSet());

    private final OfferstormConfig config;
    private final int partitions;
    private final Duration patience;
    private final Consumer<Step> done;
    private final Set<String> told = new HashSet<>();
    private final Set<String> failed = new HashSet<>();

    /**
     * @param partitions of the topic of offers; {@link #ANY_PARTITIONS}: {@value #DEFAULT_PARTITIONS} if it is made now
     * @param done receives each step, as soon as it is done
     */
    public Setup(OfferstormConfig config, int partitions, Consumer<Step> done) {
        this(config, partitions, DEFAULT_PATIENCE, done);
    }

    /**
     * As {@link #Setup(OfferstormConfig, int, Consumer)}.
     *
     * @param patience of each request while Kafka listens, and how long the checks may find nothing
     */
    public Setup(OfferstormConfig config, int partitions, Duration patience, Consumer<Step> done) {
        this.config = config;
        this.patience = patience;
        this.partitions = partitions;
        this.done = done;
    }

    /** Makes what is missing, then looks at all of it as the worker will use it. Run once. */
    public void run() {
        makeTopics();
        for (SinkKind<?> kind : Sinks.LIGHTEST_FIRST) {
            if (config.sinks().contains(kind)) {
                config.bound(kind).setup().forEach(step -> make(kind, step));
            }
        }
        look();
    }

    private void makeTopics() {
        SourceConfig source = config.source();
        String where = source.bootstrapServers();
        try (KafkaTopics topics = new KafkaTopics(where, source.properties(), patience)) {
            tell(topics.offers(source.topic(), DEFAULT_PARTITIONS, partitions), where);
            tell(topics.deadLetters(config.deadLetters().topic(), source.topic()), where);
        } catch (Secrets.Unresolved e) {
            failed("kafka", where, e, e.fix("source.properties or security.kafka"));
        } catch (IOException | KafkaException e) {
            failed("kafka", where, e, "fix that, and run setup again");
        }
    }

    private void tell(KafkaTopics.Outcome outcome, String where) {
        String name = "topic " + outcome.topic();
        if (outcome.differences().isEmpty()) {
            tell(new Step(outcome.created() ? State.MADE : State.THERE, name, where, outcome.summary(), ""));
        }
        for (KafkaTopics.Difference difference : outcome.differences()) {
            tell(new Step(State.DIFFERS, name, where, difference.problem(), difference.fix()));
        }
    }

    private void make(SinkKind<?> kind, SetupStep step) {
        try {
            boolean made = step.make();
            tell(new Step(made ? State.MADE : State.THERE, step.name(), step.where(), step.detail(), ""));
        } catch (SetupStep.NotMade e) {
            failed.add(kind.name());
            tell(new Step(State.DIFFERS, step.name(), step.where(), e.getMessage(), e.fix()));
        } catch (IOException e) {
            failed(kind.name(), step.where(), e, "fix that, and run setup again");
        }
    }

    /** What could be had is looked at with the doctor's eyes. */
    private void look() {
        List<Check> checks = Checks.of(config, patience).stream()
                .filter(check -> SERVERS.contains(check.name()) && !failed.contains(check.name()))
                .toList();
        for (Finding finding : Doctor.run(checks, patience)) {
            // One line for each healthy server is enough here; doctor reports everything.
            boolean news = finding.level() == Finding.Level.OK
                    ? SERVERS.contains(finding.name())
                    : !told.contains(finding.name() + finding.message());
            if (news) {
                tell(Step.of(finding, SERVERS.contains(finding.name()) ? State.FAILED : State.DIFFERS));
            }
        }
    }

    private void failed(String server, String where, Exception problem, String fix) {
        failed.add(server);
        tell(new Step(State.FAILED, server, where, Messages.of(problem), fix));
    }

    private void tell(Step step) {
        told.add(step.name() + step.message());
        done.accept(step);
    }
}
