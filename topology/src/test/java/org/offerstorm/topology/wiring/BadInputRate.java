package org.offerstorm.topology.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.offerstorm.bolts.testing.FeedSpout;
import org.offerstorm.bolts.testing.TopologyDriver;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.geo.Continents;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.ChunkHeader;
import org.offerstorm.core.model.OffsetRange;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.model.Upsert;
import org.offerstorm.core.parse.OfferParser;
import org.offerstorm.core.parse.ParseResult;
import org.offerstorm.core.reference.Professions;
import org.offerstorm.core.reference.ProfessionsReader;
import org.offerstorm.core.sink.DeadLetter;
import org.offerstorm.core.sink.DeadLetters;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.SinkFactory;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.core.sink.WriteResult;
import org.offerstorm.sinks.Sinks;
import org.offerstorm.tools.config.ConfigLoader;

/**
 * CPU time per record of good, one fifth bad, and only bad input through the topology: real parser, classifier, tuples and
 * Kryo; sinks and dead letters that take everything and keep nothing. The three take turns in one thread and their medians
 * are compared, so that a busy machine changes little. Exits with 1 if bad input has less than 80 % of the rate of good.
 *
 * <p>Stores are left out on purpose: a good record has three to be written to, a bad one has one.
 */
public final class BadInputRate {
    private static final String NAME = BadInputRate.class.getName();
    private static final int CHUNKS = 20;
    private static final int CHUNK = 1000;
    private static final int WARM_UP = 15;
    private static final int ROUNDS = 25;
    private static final double WANTED = 0.8;
    private static final int[] BAD_PERCENT = {0, 20, 100};
    private static final String[] KINDS = {"cut", "quotes", "title", "date", "latin"};

    private BadInputRate() {}

    public static void main(String[] args) throws IOException {
        Path root = Path.of(System.getProperty("offerstorm.root", "."));
        List<SourceRecord> offers = offers(root);
        Map<Integer, List<Chunk<SourceRecord>>> inputs = new HashMap<>();
        for (int percent : BAD_PERCENT) {
            inputs.put(percent, chunks(offers, percent));
        }
        Map<Integer, double[]> nanos = new HashMap<>();
        ThreadMXBean thread = ManagementFactory.getThreadMXBean();
        try (TopologyDriver driver = driver(ProfessionsReader.read(root.resolve("conf/professions.csv")))) {
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                for (int percent : BAD_PERCENT) {
                    FeedSpout.feed(NAME).addAll(inputs.get(percent));
                    long begin = thread.getCurrentThreadCpuTime();
                    driver.run();
                    long took = thread.getCurrentThreadCpuTime() - begin;
                    if (round >= 0) {
                        nanos.computeIfAbsent(percent, key -> new double[ROUNDS])[round] =
                                (double) took / (CHUNKS * CHUNK);
                    }
                }
            }
            if (driver.failed() > 0 || driver.pending() > 0) {
                throw new IllegalStateException(driver.toString());
            }
        }
        double good = median(nanos.get(0));
        boolean enough = true;
        for (int percent : BAD_PERCENT) {
            double each = median(nanos.get(percent));
            System.out.printf(
                    Locale.ROOT,
                    "%3d %% bad: %5.0f ns CPU a record, %3.0f %% of the rate of good input%n",
                    percent,
                    each,
                    100 * good / each);
            enough &= good / each >= WANTED;
        }
        System.exit(enough ? 0 : 1);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static TopologyDriver driver(Professions professions) {
        OfferstormConfig config = ConfigLoader.defaults();
        Map<SinkKind<?>, SinkFactory> sinks = new LinkedHashMap<>();
        for (SinkKind<?> sink : Sinks.ALL) {
            String name = sink.name();
            sinks.put(sink, context -> new NullSink(name));
        }
        OffersTopology.Parts parts = new OffersTopology.Parts(
                new FeedSpout(NAME), NullDeadLetters::new, DataSet.of(professions), Continents::load, sinks);
        return TopologyDriver.start(
                OffersTopology.wire(config, parts), new HashMap<>(OffersTopology.stormConfig(config)));
    }

    private static List<SourceRecord> offers(Path root) throws IOException {
        OfferParser parser = new OfferParser();
        List<SourceRecord> offers = new ArrayList<>();
        for (String line : Files.readAllLines(root.resolve("test-data/offers.ndjson"), UTF_8)) {
            int start = line.indexOf("\"id\":\"") + 6;
            int end = line.indexOf('"', start);
            if (start >= 6 && end > 0) {
                SourceRecord record = new SourceRecord(
                        new SourcePosition(0, 0, 0), line.substring(start, end).getBytes(UTF_8), line.getBytes(UTF_8));
                if (parser.parse(record) instanceof ParseResult.Accepted ok && ok.change() instanceof Upsert) {
                    offers.add(record);
                }
            }
        }
        return offers;
    }

    private static List<Chunk<SourceRecord>> chunks(List<SourceRecord> offers, int badPercent) {
        Random random = new Random(1);
        OfferParser parser = new OfferParser();
        List<Chunk<SourceRecord>> chunks = new ArrayList<>();
        long offset = 0;
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            List<SourceRecord> records = new ArrayList<>();
            long from = offset;
            for (int i = 0; i < CHUNK; i++) {
                SourceRecord offer = offers.get(random.nextInt(offers.size()));
                boolean bad = i % 100 < badPercent;
                byte[] value = bad ? corrupted(KINDS[random.nextInt(KINDS.length)], offer.value()) : offer.value();
                SourceRecord record = new SourceRecord(new SourcePosition(0, offset++, 0), offer.key(), value);
                if (parser.parse(record) instanceof ParseResult.Rejected != bad) {
                    throw new IllegalStateException("not as it should be: " + new String(value, UTF_8));
                }
                records.add(record);
            }
            OffsetRange range = new OffsetRange(0, from, offset, from == 0);
            Source source = new Source("offers", "id", 1, 1);
            chunks.add(new Chunk<>(new ChunkHeader(source, 0, 1, List.of(range), List.of(), false), records));
        }
        return chunks;
    }

    /** The offer, bad at its end or, for a field, known only when all is read: the dear kinds. */
    private static byte[] corrupted(String kind, byte[] offer) {
        String json = new String(offer, UTF_8);
        String body = json.substring(0, json.lastIndexOf('}'));
        return switch (kind) {
            case "cut" -> body.getBytes(UTF_8);
            case "quotes" -> (body + ",'x':1}").getBytes(UTF_8);
            case "title" -> (body.replace("\"name\"", "\"title\"") + "}").getBytes(UTF_8);
            case "date" ->
                (body.replaceFirst(",\"published_at\":\"[^\"]*\"", "") + ",\"published_at\":\"yesterday\"}")
                        .getBytes(UTF_8);
            default -> {
                byte[] bytes = offer.clone();
                bytes[bytes.length - 3] = (byte) 0xE9;
                yield bytes;
            }
        };
    }

    private record NullSink(String name) implements Sink {
        @Override
        public WriteResult write(Chunk<Change> chunk) {
            return new WriteResult.Done(chunk.size(), 0);
        }

        @Override
        public void close() {}
    }

    private static final class NullDeadLetters implements DeadLetters {
        @Override
        public WriteResult write(List<DeadLetter> letters) {
            return new WriteResult.Done(letters.size(), 0);
        }

        @Override
        public void close() {}
    }
}
