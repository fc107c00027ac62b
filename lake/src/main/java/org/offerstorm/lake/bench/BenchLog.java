package org.offerstorm.lake.bench;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.offerstorm.core.model.Continent;
import org.offerstorm.lake.batch.OffsetVector;
import org.offerstorm.sinks.hdfs.StagedLog;

/**
 * Makes up a staged log in a directory: the directory {@code load} has new offers of 30 days, {@code changes-1} and so on have
 * one day each, or a part of it, of corrections of random offers (7 in 10), new offers (1 in 4) and deletions. The same seed
 * gives the same log.
 */
final class BenchLog implements Closeable {
    private static final int PARTITIONS = 8;
    private static final int DAYS = 30;
    private static final int ROWS_OF_BLOCK = 1_000;
    static final long DAY = 86_400_000L;
    private static final long FIRST = Instant.parse("2026-10-01T00:00:00Z").toEpochMilli();
    private static final Schema SCHEMA = StagedLog.schema();
    private static final Schema OP = SCHEMA.getField("op").schema();

    private static final List<String> CONTINENTS =
            Arrays.stream(Continent.values()).map(Continent::name).toList();
    private static final List<String> CATEGORIES =
            List.of("Tech", "Health", "Sales", "Education", "Arts", "Transport", "Hotel", "Law", "(none)", "(other)");
    private static final List<String> CONTRACTS = List.of("FULL_TIME", "PART_TIME", "INTERNSHIP", "FREELANCE");
    private static final List<String> CITIES = List.of("Paris", "Lagos", "Tokyo", "Lima", "Sydney", "Boston", "Oslo");
    private static final List<String> WORDS = List.of(
            ("we look for you team shop clinic school kitchen garage office nights days week remote travel care repair"
                            + " teach write plan sell drive cook build clean lead help learn customers patients guests pupils"
                            + " machines software contract training bonus lunch kindergarten parking bicycle")
                    .split(" "));

    private final SplittableRandom random;
    private final long[] offsets = new long[PARTITIONS];
    private DataFileWriter<GenericRecord> file;
    private int offers;
    private int rows;

    private BenchLog(long seed) {
        random = new SplittableRandom(seed);
    }

    /** The part that a table is loaded from. */
    static Path load(Path directory) {
        return directory.resolve("load");
    }

    /** The changes of one merge, from 1. */
    static Path changes(Path directory, int merge) {
        return directory.resolve("changes-" + merge);
    }

    /**
     * Writes it.
     *
     * @param merges how many parts of changes
     */
    static void write(Path directory, int offers, int changes, int merges, long seed) throws IOException {
        write(directory, offers, changes, merges, DAY, seed);
    }

    /**
     * Writes it.
     *
     * @param span milliseconds of changes in each part
     */
    static void write(Path directory, int offers, int changes, int merges, long span, long seed) throws IOException {
        try (BenchLog log = new BenchLog(seed)) {
            for (int day = 0; day < DAYS; day++) {
                int ofDay = offers / DAYS + (day < offers % DAYS ? 1 : 0);
                log.open(load(directory), day);
                for (int i = 0; i < ofDay; i++) {
                    log.upsert(log.offers++, FIRST + day * DAY + i * DAY / ofDay);
                }
            }
            log.end(load(directory));
            for (int merge = 1; merge <= merges; merge++) {
                long begin = FIRST + DAYS * DAY + (merge - 1) * span;
                log.open(changes(directory, merge), DAYS + merge - 1);
                for (int i = 0; i < changes; i++) {
                    int dice = log.random.nextInt(100);
                    int offer = dice < 25 ? log.offers++ : log.random.nextInt(log.offers);
                    if (dice < 95) {
                        log.upsert(offer, begin + i * span / changes);
                    } else {
                        log.append(log.row(offer, begin + i * span / changes, "D"));
                    }
                }
                log.end(changes(directory, merge));
            }
        }
    }

    /** What a part holds, with those before it. */
    static OffsetVector offsets(Path part) throws IOException {
        return OffsetVector.decode(Files.readString(part.resolve("offsets")));
    }

    private void upsert(int offer, long millis) throws IOException {
        GenericRecord row = row(offer, millis, "U");
        row.put(
                "continent",
                CONTINENTS.get(Math.min(random.nextInt(CONTINENTS.size()), random.nextInt(CONTINENTS.size()))));
        row.put("category", any(CATEGORIES));
        row.put("profession_id", (long) random.nextInt(300));
        row.put("contract_type", any(CONTRACTS));
        row.put("name", any(WORDS) + " and " + any(WORDS) + " " + offer);
        row.put("office_latitude", random.nextDouble(-60, 70));
        row.put("office_longitude", random.nextDouble(-180, 180));
        row.put("company", "Company " + random.nextInt(5_000));
        StringBuilder description = new StringBuilder();
        for (int words = random.nextInt(25, 35); words > 0; words--) {
            description.append(any(WORDS)).append(' ');
        }
        row.put("description", description.toString());
        row.put("published_at", millis - random.nextLong(3 * DAY));
        row.put("city", any(CITIES));
        row.put("remote", random.nextInt(4) == 0);
        row.put("fields", Map.of("level", "L" + random.nextInt(9)));
        append(row);
    }

    private GenericRecord row(int offer, long millis, String op) {
        int partition = Math.floorMod(Integer.reverse(offer * 0x9E3779B9), PARTITIONS);
        GenericRecord row = new GenericData.Record(SCHEMA);
        row.put("epoch", 1);
        row.put("partition", partition);
        row.put("offset", offsets[partition]++);
        row.put("timestamp", millis);
        row.put("op", new GenericData.EnumSymbol(OP, op));
        row.put("id", "offer-" + offer);
        return row;
    }

    private String any(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }

    private void append(GenericRecord row) throws IOException {
        file.append(row);
        if (++rows % ROWS_OF_BLOCK == 0) {
            file.sync();
        }
    }

    private void open(Path part, int day) throws IOException {
        close();
        Files.createDirectories(part);
        file = new DataFileWriter<>(new GenericDatumWriter<>(SCHEMA));
        file.setCodec(CodecFactory.snappyCodec());
        file.setSyncInterval(1 << 24);
        file.create(SCHEMA, part.resolve("day-" + day + ".avro").toFile());
    }

    private void end(Path part) throws IOException {
        close();
        SortedMap<Integer, Long> next = new TreeMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            next.put(partition, offsets[partition]);
        }
        Files.writeString(part.resolve("offsets"), new OffsetVector(1, next).encode());
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
            file = null;
        }
    }
}
