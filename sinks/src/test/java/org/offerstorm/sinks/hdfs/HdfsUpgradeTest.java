package org.offerstorm.sinks.hdfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.sink.WriteResult;
import org.offerstorm.local.servers.EmbeddedHdfs;

/** What a version with another schema left, finished or killed in the middle, is read, recovered and gone on with. */
@ExtendWith(SharedHdfs.class)
class HdfsUpgradeTest {
    private static final Path PATH = new Path("/log/file.avro");
    private static final int ROWS = 50;
    /** Of a header that was cut, at its end: it holds the whole schema. */
    private static final int CUT_BYTES = 5;

    private final TestClock clock = new TestClock();

    static List<Schema> earlier() {
        return OfferSchema.EARLIER.stream()
                .map(text -> new Schema.Parser().parse(text))
                .toList();
    }

    /** Headers are compared with them byte for byte. */
    @ParameterizedTest
    @MethodSource("earlier")
    void an_earlier_schema_is_kept_as_avro_writes_it(Schema schema) {
        assertThat(OfferSchema.EARLIER).contains(schema.toString());
    }

    @Test
    void the_first_schema_is_the_one_that_was_released() throws IOException {
        try (InputStream released = HdfsUpgradeTest.class.getResourceAsStream("offer-1.source.avsc")) {
            assertThat(OfferSchema.EARLIER.get(0))
                    .isEqualTo(new Schema.Parser().parse(released).toString());
        }
    }

    /** Avro reads the one as the other only then. */
    @ParameterizedTest
    @MethodSource("earlier")
    void a_schema_only_grows_by_optional_fields_at_its_end(Schema schema) {
        List<Schema.Field> fields = OfferSchema.SCHEMA.getFields();
        int known = schema.getFields().size();
        for (int i = 0; i < fields.size(); i++) {
            Schema.Field field = fields.get(i);
            if (i < known) {
                assertThat(schema.getFields().get(i).name()).isEqualTo(field.name());
                assertThat(schema.getFields().get(i).schema()).isEqualTo(field.schema());
            } else {
                assertThat(field.schema().getTypes().get(0).getType()).isEqualTo(Schema.Type.NULL);
                assertThat(field.hasDefaultValue()).isTrue();
            }
        }
    }

    /** A killed writer leaves such files; nothing of them was acknowledged, and they may be deleted. */
    @ParameterizedTest
    @MethodSource("earlier")
    void an_earlier_file_is_empty_if_it_was_cut_before_the_end_of_its_first_block_and_not_else(Schema schema)
            throws IOException {
        EarlierFiles.Written written = EarlierFiles.of(file(2), schema);
        for (int length = 0; length <= written.bytes().length; length++) {
            int whole = (int) written.ends().stream().filter(ends(length)).count() - 1;
            try (BlockReader reader = open(Arrays.copyOf(written.bytes(), length))) {
                assertThat(rows(reader)).as("cut at %s", length).hasSize(Math.max(0, whole) * ROWS);
                assertThat(reader.isEmpty()).as("cut at %s", length).isEqualTo(whole < 1);
            }
        }
    }

    /** Rows of it may have been acknowledged, whichever byte the damage hit. */
    @ParameterizedTest
    @MethodSource("earlier")
    void no_bit_of_the_header_makes_an_earlier_file_with_rows_an_empty_one(Schema schema) throws IOException {
        EarlierFiles.Written written = EarlierFiles.of(file(1), schema);
        for (int bit = 0; bit < written.ends().get(0) * Byte.SIZE; bit++) {
            byte[] damaged = written.bytes().clone();
            damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            try (BlockReader reader = open(damaged)) {
                rows(reader);
                assertThat(reader.isEmpty()).as("bit %s", bit).isFalse();
            } catch (IOException e) { // held, and not deleted
                assertThat(e).as("bit %s", bit).hasMessageContaining("cannot");
            }
        }
    }

    /** The beginning of a header of a version that this one does not know may be anything. */
    @Test
    void a_file_cut_within_a_header_of_a_later_version_is_not_an_empty_one() throws IOException {
        byte[] bytes = EarlierFiles.of(file(1), later()).bytes();
        byte[] beforeSchemaDiffers = Arrays.copyOf(bytes, indexOf(bytes, "later") + 20);

        try (BlockReader reader = open(beforeSchemaDiffers)) {
            assertThat(rows(reader)).isEmpty();
            assertThat(reader.isEmpty()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("earlier")
    void a_stream_goes_on_behind_a_killed_writer_of_an_earlier_version(Schema schema, EmbeddedHdfs hdfs)
            throws Exception {
        Log log = new Log(hdfs.uri(), "/upgrade-" + schema.getFields().size());
        Chunk<Change> finished = Log.chunk(0, 0, ROWS);
        Chunk<Change> whole = Log.chunk(0, ROWS, ROWS);
        Chunk<Change> torn = Log.chunk(0, 2 * ROWS, ROWS);
        Chunk<Change> detailed = Log.chunk(List.of(Log.detailed(0, 3L * ROWS, Log.NOON)));
        try (HdfsSink dies = log.sink(clock)) {
            Log.writeUntilDone(dies, clock, finished);
            Log.writeUntilDone(dies, clock, Log.drain());
            Log.writeUntilDone(dies, clock, whole);
            Log.writeUntilDone(dies, clock, torn);
        }
        makeEarlier(log, schema);

        try (HdfsSink successor = log.sink(clock)) {
            assertThat(Log.writeUntilDone(successor, clock, whole)).isEqualTo(new WriteResult.Done(0, ROWS));
            assertThat(Log.writeUntilDone(successor, clock, torn)).isEqualTo(new WriteResult.Done(ROWS, 0));
            assertThat(Log.writeUntilDone(successor, clock, detailed)).isEqualTo(new WriteResult.Done(1, 0));
            log.assertHoldsExactly(List.of(finished, whole, torn, detailed)); // also while it is open
            clock.pass(Duration.ofMinutes(11));
            successor.tick(); // rolled by its age
            Log.writeUntilDone(successor, clock, Log.drain());
        }

        log.assertHoldsExactly(List.of(finished, whole, torn, detailed));
        assertThat(log.avroFiles())
                .as("nothing was damaged, and the file without rows is gone")
                .noneMatch(file -> file.startsWith("_damaged/") || file.startsWith("_recover/"));
        assertThat(details(log)).containsExactly(Log.DETAILS_AS_ROW);
    }

    /** Going back to an earlier version, for instance: the file is kept, and the stream comes up. */
    @Test
    void a_header_of_a_later_version_that_was_cut_is_set_aside_and_stops_nothing(EmbeddedHdfs hdfs) throws Exception {
        Log log = new Log(hdfs.uri(), "/upgrade-back");
        Chunk<Change> finished = Log.chunk(0, 0, ROWS);
        Chunk<Change> next = Log.chunk(0, ROWS, ROWS);
        try (HdfsSink dies = log.sink(clock)) {
            Log.writeUntilDone(dies, clock, finished);
        }
        byte[] later = EarlierFiles.of(file(0), later()).bytes();
        Path cut = new Path(log.config.directory(), "_open/s0/1/s0-1-9.avro");
        write(log, cut, Arrays.copyOf(later, indexOf(later, "later") + 20));

        try (HdfsSink successor = log.sink(clock)) {
            assertThat(Log.writeUntilDone(successor, clock, next)).isEqualTo(new WriteResult.Done(ROWS, 0));
        }

        log.assertHoldsExactly(List.of(finished, next));
        assertThat(log.avroFiles()).contains("_damaged/s0-1-9.avro");
    }

    /**
     * Writes the log's files once more as the earlier version did, the open one cut within its second block, and with
     * the next one, cut within its header.
     */
    private static void makeEarlier(Log log, Schema schema) throws Exception {
        for (String name : log.avroFiles()) {
            Path file = new Path(log.config.directory(), name);
            EarlierFiles.Written written = EarlierFiles.of(read(log, file), schema);
            byte[] bytes = written.bytes();
            if (written.ends().size() > 2) {
                bytes = Arrays.copyOf(bytes, written.ends().get(2) - 7);
                write(
                        log,
                        new Path(file.getParent(), "s0-1-9.avro"),
                        Arrays.copyOf(bytes, written.ends().get(0) - CUT_BYTES));
            }
            write(log, file, bytes);
        }
        assertThat(log.avroFiles()).as("one was cut").contains("_open/s0/1/s0-1-9.avro");
    }

    private static List<RowDetails> details(Log log) throws IOException {
        List<RowDetails> details = new ArrayList<>();
        try (HdfsOffers offers = new HdfsOffers(log.config)) {
            offers.forEach(row -> {
                if (!row.details().equals(RowDetails.NONE)) {
                    details.add(row.details());
                }
            });
        }
        return details;
    }

    /** A schema that has a field more. */
    private static Schema later() {
        return new Schema.Parser()
                .parse(
                        OfferSchema.SCHEMA
                                .toString()
                                .replace(
                                        "{\"name\":\"epoch\"",
                                        "{\"name\":\"later\",\"type\":[\"null\",\"string\"],\"default\":null},{\"name\":\"epoch\""));
    }

    private static byte[] file(int blocks) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        RowEncoder rows = new RowEncoder();
        try (DataFileWriter<GenericRecord> writer =
                new DataFileWriter<>(new GenericDatumWriter<>(OfferSchema.SCHEMA))) {
            writer.setCodec(CodecFactory.snappyCodec());
            new FileMetadata(0, 1, new Coverage(1)).writeTo(writer);
            writer.create(OfferSchema.SCHEMA, bytes);
            for (int block = 0; block < blocks; block++) {
                for (int row = 0; row < ROWS; row++) {
                    writer.appendEncoded(rows.encode(1, Log.upsert(0, (long) block * ROWS + row, Log.NOON)));
                }
                writer.sync();
            }
        }
        return bytes.toByteArray();
    }

    private static Predicate<Integer> ends(int length) {
        return end -> end <= length;
    }

    private static BlockReader open(byte[] bytes) throws IOException {
        return BlockReader.open(PATH, new SeekableByteArrayInput(bytes));
    }

    private static List<GenericRecord> rows(BlockReader reader) throws IOException {
        List<GenericRecord> all = new ArrayList<>();
        List<GenericRecord> rows;
        while ((rows = reader.next()) != null) {
            all.addAll(rows);
        }
        return all;
    }

    private static int indexOf(byte[] bytes, String text) {
        int at = new String(bytes, ISO_8859_1).indexOf(text);
        assertThat(at).isPositive();
        return at;
    }

    private static byte[] read(Log log, Path file) throws IOException {
        try (DistributedFileSystem files = new ClientSettings(log.config).connect()) {
            byte[] bytes = new byte[(int) files.getFileStatus(file).getLen()];
            try (FSDataInputStream in = files.open(file)) {
                in.readFully(bytes);
            }
            return bytes;
        }
    }

    private static void write(Log log, Path file, byte[] bytes) throws IOException {
        try (DistributedFileSystem files = new ClientSettings(log.config).connect();
                FSDataOutputStream out = files.create(file, true)) {
            out.write(bytes);
        }
    }
}
