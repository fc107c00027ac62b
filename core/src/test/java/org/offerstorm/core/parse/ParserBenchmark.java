package org.offerstorm.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.model.Upsert;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Nanoseconds and bytes per record: accepted offers of test-data/offers.ndjson against the same offers damaged, one way for
 * each kind. {@code cut} and {@code quotes} are bad only by what Jackson finds; {@code fields} and {@code date} are read
 * to their end before the verdict. Times are samples of batches of 256 records: their median stays true on a busy machine.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class ParserBenchmark {
    private static final int BATCH = 256;
    private static final int BATCHES = 8;
    /** Calls between a bolt's code and the thread's begin: what a stack trace would have to walk. */
    private static final int STACK = 20;

    @Param({"good", "cut", "quotes", "garbage", "fields", "date", "mixed"})
    public String input;

    private final OfferParser parser = new OfferParser();
    private final SourceRecord[] records = new SourceRecord[BATCH * BATCHES];
    private int next;

    public static void main(String[] args) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(ParserBenchmark.class.getSimpleName())
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
    }

    @Setup
    public void setUp() throws IOException {
        Path root = Path.of(System.getProperty("offerstorm.root", "."));
        List<byte[]> offers = new ArrayList<>();
        List<byte[]> keys = new ArrayList<>();
        for (String line : Files.readAllLines(root.resolve("test-data/offers.ndjson"), UTF_8)) {
            int start = line.indexOf("\"id\":\"") + 6;
            int end = line.indexOf('"', start);
            if (start < 6 || end < 0) {
                continue;
            }
            byte[] key = line.substring(start, end).getBytes(UTF_8);
            byte[] value = line.getBytes(UTF_8);
            if (parser.parse(Cases.record(key, value)) instanceof ParseResult.Accepted ok
                    && ok.change() instanceof Upsert) {
                keys.add(key);
                offers.add(value);
            }
        }
        Random random = new Random(1);
        String[] kinds = {"cut", "quotes", "garbage", "fields", "date"};
        for (int i = 0; i < records.length; i++) {
            int drawn = random.nextInt(offers.size());
            String kind = input.equals("mixed") ? kinds[i % kinds.length] : input;
            records[i] = new SourceRecord(
                    new SourcePosition(0, i, 0), keys.get(drawn), damaged(kind, offers.get(drawn), random));
            boolean accepted = parser.parse(records[i]) instanceof ParseResult.Accepted;
            if (accepted != kind.equals("good")) {
                throw new IllegalStateException(
                        kind + " is not what it should be: " + new String(records[i].value(), UTF_8));
            }
        }
    }

    private static byte[] damaged(String kind, byte[] offer, Random random) {
        String json = new String(offer, UTF_8);
        String body = json.substring(0, json.lastIndexOf('}'));
        return switch (kind) {
            case "good" -> offer;
            case "cut" -> body.getBytes(UTF_8);
            case "quotes" -> (body + ",'x':1}").getBytes(UTF_8);
            case "garbage" -> {
                byte[] bytes = new byte[offer.length];
                random.nextBytes(bytes);
                yield bytes;
            }
            case "fields" -> (body.replace("\"name\"", "\"title\"") + "}").getBytes(UTF_8);
            case "date" ->
                (body.replaceFirst(",\"published_at\":\"[^\"]*\"", "") + ",\"published_at\":\"yesterday\"}")
                        .getBytes(UTF_8);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void parse(Blackhole blackhole) {
        deep(STACK, blackhole);
    }

    private void deep(int calls, Blackhole blackhole) {
        if (calls > 0) {
            deep(calls - 1, blackhole);
            return;
        }
        next = (next + BATCH) % records.length;
        for (int i = next, end = i + BATCH; i < end; i++) {
            blackhole.consume(parser.parse(records[i]));
        }
    }
}
