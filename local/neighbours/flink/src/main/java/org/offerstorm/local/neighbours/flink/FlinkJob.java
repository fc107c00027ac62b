package org.offerstorm.local.neighbours.flink;

import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.local.neighbours.Work;
import org.offerstorm.local.neighbours.Workload;

/** Runs the job; prints what {@link org.offerstorm.local.neighbours.DoneCount#report} says. */
public final class FlinkJob {
    private static final long CHECKPOINT_MILLIS = 1_000;

    /** Of this process: the operators travel serialized, but never further than to a thread of it. */
    private static Workload work;

    private FlinkJob() {}

    /**
     * Runs until nobody reads its output, or the job fails.
     *
     * @param args a configuration file, then settings {@code KEY=VALUE}
     */
    public static void main(String[] args) {
        work = Workload.of(args);
        Configuration settings = new Configuration();
        // A benchmark that failed has no figures.
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        settings.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        StreamExecutionEnvironment flink = StreamExecutionEnvironment.createLocalEnvironment(work.threads(), settings);
        flink.getConfig().enableObjectReuse();
        flink.enableCheckpointing(CHECKPOINT_MILLIS, CheckpointingMode.AT_LEAST_ONCE);
        SingleOutputStreamOperator<Change> parsed = flink.fromSource(
                        source(work), WatermarkStrategy.noWatermarks(), "offers")
                .process(new ParseFunction())
                .returns(Change.class);
        parsed.map(new ClassifyFunction()).returns(Change.class).sinkTo(new StoresSink());
        parsed.getSideOutput(ParseFunction.LETTERS).sinkTo(new LettersSink());
        Work.start("job", () -> flink.execute("offers"));
        work.done().report();
    }

    static Workload work() {
        return work;
    }

    private static KafkaSource<SourceRecord> source(Workload work) {
        SourceConfig config = work.config().source();
        Properties properties = new Properties();
        // The connector wants texts.
        work.consumerProperties().forEach((name, value) -> properties.setProperty(name, value.toString()));
        return KafkaSource.<SourceRecord>builder()
                .setBootstrapServers(config.bootstrapServers())
                .setTopics(config.topic())
                .setGroupId(config.group())
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new RecordSchema())
                .setProperties(properties)
                .build();
    }
}
