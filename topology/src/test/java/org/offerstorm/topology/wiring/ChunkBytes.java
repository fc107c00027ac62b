package org.offerstorm.topology.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.objenesis.strategy.StdInstantiatorStrategy;
import org.offerstorm.bolts.ChunkSerializer;
import org.offerstorm.core.geo.Continents;
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

/**
 * Bytes and CPU time per offer of a chunk on its way between two workers: our serializer compared with Kryo's defaults, which
 * Storm would take for a class that is registered without a serializer. The sample offers as they go to the sinks,
 * with cell and raw value, in chunks of 1,000.
 */
public final class ChunkBytes {
    private static final int CHUNK = 1_000;
    private static final int CHUNKS = 20;
    private static final int WARM_UP = 15;
    private static final int ROUNDS = 25;

    private ChunkBytes() {}

    public static void main(String[] args) throws IOException {
        Path root = Path.of(System.getProperty("offerstorm.root", "."));
        List<Chunk<Change>> chunks = chunks(root);
        Map<String, Kryo> kinds = new LinkedHashMap<>();
        kinds.put("ChunkSerializer", own());
        kinds.put("Kryo's defaults", defaults());
        long raw = 0;
        for (Chunk<Change> chunk : chunks) {
            for (Change change : chunk.items()) {
                raw += change.raw().length;
            }
        }
        System.out.printf(Locale.ROOT, "%-16s %4d bytes%n", "raw JSON", raw / (CHUNK * CHUNKS));
        kinds.forEach((name, kryo) -> measure(name, kryo, chunks));
    }

    private static void measure(String name, Kryo kryo, List<Chunk<Change>> chunks) {
        ThreadMXBean thread = ManagementFactory.getThreadMXBean();
        Output out = new Output(1 << 20, -1);
        Input in = new Input();
        double[] writes = new double[ROUNDS];
        double[] reads = new double[ROUNDS];
        long bytes = 0;
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            bytes = 0;
            long write = 0;
            long read = 0;
            for (Chunk<Change> chunk : chunks) {
                long begin = thread.getCurrentThreadCpuTime();
                out.setPosition(0);
                kryo.writeClassAndObject(out, chunk);
                long between = thread.getCurrentThreadCpuTime();
                in.setBuffer(out.getBuffer(), 0, out.position());
                Object back = kryo.readClassAndObject(in);
                read += thread.getCurrentThreadCpuTime() - between;
                write += between - begin;
                bytes += out.position();
                if (((Chunk<?>) back).size() != chunk.size()) {
                    throw new IllegalStateException(name + " loses offers");
                }
            }
            if (round >= 0) {
                writes[round] = (double) write / (CHUNK * CHUNKS);
                reads[round] = (double) read / (CHUNK * CHUNKS);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%-16s %4d bytes, %4.0f ns to write, %4.0f ns to read an offer%n",
                name,
                bytes / (CHUNK * CHUNKS),
                median(writes),
                median(reads));
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static Kryo own() {
        Kryo kryo = new Kryo();
        kryo.setReferences(false);
        kryo.register(Chunk.class, new ChunkSerializer());
        return kryo;
    }

    /** As Storm sets it up, if every class were registered and none had its own serializer. */
    private static Kryo defaults() {
        Kryo kryo = new Kryo();
        kryo.setRegistrationRequired(false);
        kryo.setReferences(true);
        kryo.setInstantiatorStrategy(new StdInstantiatorStrategy());
        return kryo;
    }

    private static List<Chunk<Change>> chunks(Path root) throws IOException {
        Professions professions = ProfessionsReader.read(root.resolve("conf/professions.csv"));
        Continents continents = Continents.load();
        OfferParser parser = new OfferParser();
        List<Upsert> offers = new ArrayList<>();
        for (String line : Files.readAllLines(root.resolve("test-data/offers.ndjson"), UTF_8)) {
            int start = line.indexOf("\"id\":\"") + 6;
            int end = line.indexOf('"', start);
            if (start < 6 || end < 0) {
                continue;
            }
            SourceRecord record = new SourceRecord(
                    new SourcePosition(0, 0, 0), line.substring(start, end).getBytes(UTF_8), line.getBytes(UTF_8));
            if (parser.parse(record) instanceof ParseResult.Accepted ok
                    && ok.change() instanceof Upsert upsert
                    && upsert.offer().hasLocation()) {
                offers.add(upsert.in(professions.cell(
                        upsert.offer(),
                        continents.classify(
                                upsert.offer().latitude(), upsert.offer().longitude()))));
            }
        }
        List<Chunk<Change>> chunks = new ArrayList<>();
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            List<Change> items = new ArrayList<>();
            long from = (long) chunk * CHUNK;
            for (int i = 0; i < CHUNK; i++) {
                Upsert offer = offers.get((chunk * 7 + i) % offers.size());
                items.add(new Upsert(
                        new SourcePosition(0, from + i, 1_700_000_000_000L + i),
                        offer.offer(),
                        offer.cell(),
                        offer.raw()));
            }
            OffsetRange range = new OffsetRange(0, from, from + CHUNK, from == 0);
            chunks.add(new Chunk<>(
                    new ChunkHeader(new Source("offers", "id", 1, 4), 0, 1, List.of(range), List.of(), false), items));
        }
        return chunks;
    }
}
