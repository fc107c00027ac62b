package org.offerstorm.local.trials.bench;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.reference.Professions;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.tools.config.ConfigLoader;
import org.offerstorm.tools.config.ReferenceTable;

/**
 * What a user without Storm would write, which is the practical limit of what the topology can reach: one thread polls and cuts
 * chunks, some parse and classify, one for each sink writes; queues between them. The parser, the classifier and the sinks
 * are the topology's own. It keeps no guarantee: nothing is committed, and nothing survives a crash.
 *
 * <p>It prints a line each 100 ms: records done, and milliseconds of garbage collections.
 */
public final class PlainLoop {
    static final long RETRY_NANOS = 100_000_000;

    private static final int QUEUE = 16;
    private static final long REPORT_NANOS = 100_000_000;

    private PlainLoop() {}

    /**
     * Runs until nobody reads its output.
     *
     * @param args a configuration file, then settings {@code KEY=VALUE}
     */
    public static void main(String[] args) {
        List<String> words = List.of(args);
        run(ConfigLoader.resolve(List.of(Path.of(words.get(0))), words.subList(1, words.size()))
                .config());
    }

    private static void run(OfferstormConfig config) {
        Professions professions = ReferenceTable.of(config);
        AtomicLong done = new AtomicLong();
        BlockingQueue<Chunk<SourceRecord>> read = new ArrayBlockingQueue<>(QUEUE);
        List<BlockingQueue<PlacedChunk>> sinks = new ArrayList<>();
        for (SinkKind<?> kind : config.sinks()) {
            BlockingQueue<PlacedChunk> queue = new ArrayBlockingQueue<>(QUEUE);
            sinks.add(queue);
            start("sink-" + kind.name(), () -> new LoopSink(config, kind, queue, done).run());
        }
        for (int n = 0; n < config.topology().parseTasks(); n++) {
            start("parse-" + n, () -> new LoopParser(config, professions, read, sinks, done).run());
        }
        start("poll", () -> new LoopReader(config.source(), read).run());
        report(done);
    }

    private static void report(AtomicLong done) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.US_ASCII);
        while (!out.checkError()) { // ends with the process that started it
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

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }

    /** What a thread does, without an end. */
    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }
}
