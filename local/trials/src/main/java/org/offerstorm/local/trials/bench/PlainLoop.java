package org.offerstorm.local.trials.bench;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.geo.ContinentClassifier;
import org.offerstorm.core.geo.Continents;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.ChunkHeader;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.OffsetRange;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.model.Upsert;
import org.offerstorm.core.parse.OfferParser;
import org.offerstorm.core.parse.ParseResult;
import org.offerstorm.core.reference.Professions;
import org.offerstorm.core.sink.DeadLetter;
import org.offerstorm.core.sink.DeadLetters;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.SinkContext;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.core.sink.WriteResult.Done;
import org.offerstorm.sinks.deadletter.KafkaDeadLetters;
import org.offerstorm.spouts.ConsumerProperties;
import org.offerstorm.tools.cli.ConfigOptions;
import org.offerstorm.tools.config.ReferenceTable;
import picocli.CommandLine;

/**
 * What somebody without Storm would write, and the practical limit of what the topology can reach: one thread polls and cuts
 * chunks, some parse and classify, one for each sink writes; queues between them. The parser, the classifier and the sinks
 * are the topology's own. It keeps no guarantee: nothing is committed, and nothing survives a crash.
 *
 * <p>It prints a line each 100 ms: records done, and milliseconds of garbage collections.
 */
public final class PlainLoop {
    private static final int CHUNK = 1_000;
    private static final int QUEUE = 16;
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long RETRY_NANOS = 100_000_000;
    private static final long REPORT_NANOS = 100_000_000;

    private final OfferstormConfig config;
    private final Professions professions;
    private final BlockingQueue<Chunk<SourceRecord>> read = new ArrayBlockingQueue<>(QUEUE);
    private final List<BlockingQueue<Placed>> sinks = new ArrayList<>();
    private final AtomicLong done = new AtomicLong();

    /** A chunk and how many sinks have not written it yet. */
    private record Placed(Chunk<Change> chunk, AtomicInteger missing) {}

    private PlainLoop(OfferstormConfig config) {
        this.config = config;
        this.professions = ReferenceTable.of(config.topology());
    }

    /** Runs for ever; arguments as for {@code submit}: {@code --config FILE -c KEY=VALUE …}. */
    public static void main(String[] args) throws InterruptedException {
        ConfigOptions options = new ConfigOptions();
        new CommandLine(CommandLine.Model.CommandSpec.create().addMixin("config", mixin(options))).parseArgs(args);
        new PlainLoop(options.load()).run();
    }

    private static CommandLine.Model.CommandSpec mixin(ConfigOptions options) {
        return CommandLine.Model.CommandSpec.forAnnotatedObject(options);
    }

    private void run() throws InterruptedException {
        for (SinkKind<?> kind : config.sinks()) {
            BlockingQueue<Placed> queue = new ArrayBlockingQueue<>(QUEUE);
            sinks.add(queue);
            start("sink-" + kind.name(), () -> write(sink(kind), queue));
        }
        for (int n = 0; n < config.topology().parseTasks(); n++) {
            start("parse-" + n, this::parse);
        }
        start("poll", this::poll);
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.US_ASCII);
        while (!out.checkError()) { // ends with whoever started it
            LockSupport.parkNanos(REPORT_NANOS);
            out.println(done.get() + " " + collections());
        }
        System.exit(0);
    }

    private static void start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (Throwable e) {
                        e.printStackTrace();
                        Runtime.getRuntime().halt(1);
                    }
                },
                name);
        thread.start();
    }

    private void poll() throws InterruptedException {
        Map<String, Object> properties = new HashMap<>(ConsumerProperties.DEFAULTS);
        properties.putAll(config.source().properties());
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, config.source().bootstrapServers());
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer
                    .partitionsFor(config.source().topic())
                    .stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Source source = new Source(
                    config.source().topic(),
                    "AAAAAAAAAAAAAAAAAAAAAA",
                    config.source().epoch(),
                    partitions.size());
            while (true) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                for (TopicPartition partition : records.partitions()) {
                    cut(source, partition.partition(), records.records(partition));
                }
            }
        }
    }

    private void cut(Source source, int partition, List<ConsumerRecord<byte[], byte[]>> records)
            throws InterruptedException {
        for (int from = 0; from < records.size(); from += CHUNK) {
            int to = Math.min(records.size(), from + CHUNK);
            List<SourceRecord> items = new ArrayList<>(to - from);
            for (ConsumerRecord<byte[], byte[]> each : records.subList(from, to)) {
                items.add(new SourceRecord(
                        new SourcePosition(partition, each.offset(), each.timestamp()), each.key(), each.value()));
            }
            long first = records.get(from).offset();
            long next = records.get(to - 1).offset() + 1;
            OffsetRange range = new OffsetRange(partition, first, next, first == 0);
            read.put(new Chunk<>(new ChunkHeader(source, 0, 1, List.of(range), List.of(), false), items));
        }
    }

    private void parse() throws InterruptedException {
        OfferParser parser = new OfferParser();
        ContinentClassifier classifier = Continents.load();
        try (DeadLetters deadLetters = KafkaDeadLetters.factory(
                        config.source().bootstrapServers(), config.deadLetters())
                .create()) {
            while (true) {
                Chunk<SourceRecord> records = read.take();
                List<Change> changes = new ArrayList<>(records.size());
                List<DeadLetter> letters = new ArrayList<>(0);
                for (SourceRecord record : records.items()) {
                    ParseResult result = parser.parse(record);
                    if (result instanceof ParseResult.Accepted accepted) {
                        Change change = accepted.change();
                        changes.add(change instanceof Upsert upsert ? placed(upsert, classifier) : change);
                    } else if (result instanceof ParseResult.Rejected bad) {
                        letters.add(DeadLetter.of(
                                records.header().source(),
                                record,
                                "parse",
                                bad.reason().code(),
                                bad.detail()));
                    }
                }
                hand(new Chunk<>(records.header(), changes));
                while (!letters.isEmpty() && !(deadLetters.write(letters) instanceof Done)) {
                    LockSupport.parkNanos(RETRY_NANOS);
                }
            }
        }
    }

    private Upsert placed(Upsert upsert, ContinentClassifier classifier) {
        Offer offer = upsert.offer();
        Continent continent =
                offer.hasLocation() ? classifier.classify(offer.latitude(), offer.longitude()) : Continent.UNKNOWN;
        return upsert.in(professions.cell(offer, continent));
    }

    private void hand(Chunk<Change> chunk) throws InterruptedException {
        if (sinks.isEmpty()) {
            done.addAndGet(chunk.header().offsets());
            return;
        }
        Placed placed = new Placed(chunk, new AtomicInteger(sinks.size()));
        for (BlockingQueue<Placed> sink : sinks) {
            sink.put(placed);
        }
    }

    private void write(Sink sink, BlockingQueue<Placed> queue) throws InterruptedException {
        long ticked = System.nanoTime();
        while (true) {
            Placed next = queue.take();
            while (!(sink.write(next.chunk()) instanceof Done)) {
                sink.tick();
                LockSupport.parkNanos(RETRY_NANOS);
            }
            if (next.missing().decrementAndGet() == 0) {
                done.addAndGet(next.chunk().header().offsets());
            }
            if (System.nanoTime() - ticked > Duration.ofSeconds(1).toNanos()) {
                ticked = System.nanoTime();
                sink.tick();
            }
        }
    }

    private Sink sink(SinkKind<?> kind) {
        SinkContext context = new SinkContext(0, 1, 1, config.source().group(), InstantSource.system());
        return config.bound(kind).factory().create(context);
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }

    /** What a thread does, for ever. */
    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }
}
