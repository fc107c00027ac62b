package org.offerstorm.sinks.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.offerstorm.core.model.Delete;
import org.offerstorm.core.model.SourcePosition;

class BlockReaderTest {
    private static final int BLOCKS = 4;
    private static final int ROWS = 5;
    private static final Path PATH = new Path("/log/file.avro");

    /** Where the header ends, then where each block ends. */
    private final List<Integer> ends = new ArrayList<>();

    private byte[] file;

    @BeforeEach
    void write() throws IOException {
        write(null);
    }

    /** @param marker the sync marker; null to take one by chance */
    private void write(byte[] marker) throws IOException {
        ends.clear();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataFileWriter<GenericRecord> writer =
                new DataFileWriter<>(new GenericDatumWriter<>(OfferSchema.SCHEMA))) {
            writer.setCodec(CodecFactory.snappyCodec());
            new FileMetadata(3, 7, new Coverage(1)).writeTo(writer);
            writer.create(OfferSchema.SCHEMA, bytes, marker);
            ends.add((int) writer.sync());
            for (int block = 0; block < BLOCKS; block++) {
                for (int row = 0; row < ROWS; row++) {
                    writer.appendEncoded(new RowEncoder()
                            .encode(
                                    1,
                                    new Delete(
                                            new SourcePosition(0, block * ROWS + row, 0), "id-" + block + "-" + row)));
                }
                ends.add((int) writer.sync());
            }
        }
        file = bytes.toByteArray();
    }

    @Test
    void a_file_cut_anywhere_gives_its_whole_blocks() throws IOException {
        for (int length = 0; length <= file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            int whole = -1;
            while (whole < BLOCKS && ends.get(whole + 1) <= length) {
                whole++;
            }
            try (BlockReader reader = BlockReader.open(PATH, new SeekableByteArrayInput(cut))) {
                assertThat(offsets(reader)).as("cut at %s", length).isEqualTo(firstOffsets(Math.max(0, whole)));
                assertThat(reader.isTorn()).as("cut at %s", length).isEqualTo(!ends.contains(length));
                assertThat(reader.metadata() == null).as("cut at %s", length).isEqualTo(whole < 0);
            }
        }
    }

    @Test
    void blocks_after_a_damaged_one_are_read() throws IOException {
        byte[] damaged = file.clone();
        int middle = (ends.get(1) + ends.get(2)) / 2;
        for (int i = middle; i < middle + 8; i++) {
            damaged[i] ^= 0x55;
        }
        try (BlockReader reader = BlockReader.open(PATH, new SeekableByteArrayInput(damaged))) {
            assertThat(offsets(reader))
                    .containsExactly(0L, 1L, 2L, 3L, 4L, 10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L);
            assertThat(reader.isTorn()).isTrue();
        }
    }

    @Test
    void an_outage_is_not_taken_for_damage() {
        for (int block = 0; block < BLOCKS; block++) {
            int end = ends.get(block) + 3;
            assertThatThrownBy(() -> {
                        try (BlockReader reader = BlockReader.open(PATH, new BrokenInput(file, end))) {
                            offsets(reader);
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no DataNode");
        }
    }

    /** What the client throws, and what the JVM lacks, says nothing about the file. */
    @Test
    void nothing_that_the_client_throws_is_taken_for_damage() {
        for (Throwable thrown : List.of(
                new IllegalStateException("filesystem is confused"), new NoClassDefFoundError("some/native/Codec"))) {
            for (int end : new int[] {0, ends.get(0) - 3, ends.get(0), ends.get(1) + 3, ends.get(3)}) {
                assertThatThrownBy(() -> {
                            try (BlockReader reader = BlockReader.open(PATH, new BrokenInput(file, end, thrown))) {
                                offsets(reader);
                            }
                        })
                        .as("%s at byte %s", thrown, end)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining(thrown.getMessage());
            }
        }
    }

    /** A killed writer leaves such files; nothing of them was acknowledged, and they may be deleted. */
    @Test
    void a_file_that_was_cut_before_the_end_of_its_first_block_is_empty() throws IOException {
        for (int length = 0; length <= ends.get(1); length++) {
            try (BlockReader reader = BlockReader.open(PATH, new SeekableByteArrayInput(Arrays.copyOf(file, length)))) {
                offsets(reader);
                assertThat(reader.isEmpty()).as("cut at %s", length).isEqualTo(length < ends.get(1));
            }
        }
    }

    /** Rows of it may have been acknowledged, whichever byte the damage hit. */
    @Test
    void no_bit_of_a_lone_block_makes_its_file_an_empty_one() throws IOException {
        byte[] lone = Arrays.copyOf(file, ends.get(1));
        for (int bit = 8 * ends.get(0); bit < 8 * lone.length; bit++) {
            byte[] damaged = lone.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            try (BlockReader reader = BlockReader.open(PATH, new SeekableByteArrayInput(damaged))) {
                offsets(reader);
                assertThat(reader.isEmpty()).as("bit %s", bit).isFalse();
            }
        }
    }

    @Test
    void a_damaged_header_is_not_empty() throws IOException {
        byte[] damaged = file.clone();
        damaged[1] ^= 0x55; // within the header
        try (BlockReader reader = BlockReader.open(PATH, new SeekableByteArrayInput(damaged))) {
            assertThat(offsets(reader)).isEmpty();
            assertThat(reader.isEmpty()).isFalse();
        }
    }

    /** A damaged length looks as if the file ended within its header, although rows follow. */
    @ParameterizedTest
    @MethodSource("markers")
    void no_bit_of_a_header_makes_a_file_with_rows_an_empty_one(byte[] marker) throws IOException {
        write(marker);
        for (int bit = 0; bit < ends.get(0) * Byte.SIZE; bit++) {
            byte[] damaged = file.clone();
            damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            try (BlockReader reader = BlockReader.open(PATH, new SeekableByteArrayInput(damaged))) {
                offsets(reader);
                assertThat(reader.isEmpty()).as("bit %s", bit).isFalse();
            } catch (IOException e) { // held, and not deleted
                assertThat(e).as("bit %s", bit).hasMessageContaining("cannot");
            }
        }
    }

    /** A header whose end is misjudged takes the marker for data: the second was taken for the end, and a block that was cut. */
    private static List<byte[]> markers() {
        List<byte[]> markers = new ArrayList<>();
        markers.add(new byte[DataFileConstants.SYNC_SIZE]);
        markers.add(new byte[] {-65, 89, 3, -69, 88, -53, 53, 45, 68, 26, -104, 22, -32, 28, -96, -100});
        Random random = new Random(1);
        for (int i = 0; i < 5; i++) {
            byte[] marker = new byte[DataFileConstants.SYNC_SIZE];
            random.nextBytes(marker);
            markers.add(marker);
        }
        return markers;
    }

    private static List<Long> offsets(BlockReader reader) throws IOException {
        List<Long> offsets = new ArrayList<>();
        List<GenericRecord> rows;
        while ((rows = reader.next()) != null) {
            rows.forEach(row -> offsets.add(OfferSchema.offset(row)));
        }
        return offsets;
    }

    private static List<Long> firstOffsets(int blocks) {
        List<Long> offsets = new ArrayList<>();
        for (long offset = 0; offset < (long) blocks * ROWS; offset++) {
            offsets.add(offset);
        }
        return offsets;
    }

    /** Fails where a DataNode went away. */
    private static final class BrokenInput extends SeekableByteArrayInput {
        private final int end;
        private final Throwable thrown;

        BrokenInput(byte[] bytes, int end) {
            this(bytes, end, new IOException("no DataNode has the block"));
        }

        BrokenInput(byte[] bytes, int end, Throwable thrown) {
            super(bytes);
            this.end = end;
            this.thrown = thrown;
        }

        @Override
        public synchronized int read(byte[] bytes, int from, int count) {
            try {
                if (tell() >= end) {
                    throw sneaky(thrown);
                }
                return super.read(bytes, from, (int) Math.min(count, end - tell()));
            } catch (IOException e) {
                throw sneaky(e);
            }
        }

        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        private static <E extends Throwable> E sneaky(Throwable e) throws E {
            throw (E) e;
        }
    }
}
