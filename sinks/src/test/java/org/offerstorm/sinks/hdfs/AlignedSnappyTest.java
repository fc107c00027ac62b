package org.offerstorm.sinks.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;

/** Files that stock Avro reads. */
class AlignedSnappyTest {
    private static final Schema SCHEMA =
            SchemaBuilder.record("row").fields().requiredString("text").endRecord();

    @Test
    void blocks_of_any_size_end_where_a_piece_ends_and_are_read_by_avro() throws Exception {
        Random random = new Random(3);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        AlignedSnappy codec = AlignedSnappy.to(128);
        List<String> written = new ArrayList<>();
        List<Long> ends = new ArrayList<>();
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>())) {
            writer.setCodec(codec.factory());
            writer.create(SCHEMA, file);
            writer.flush();
            codec.beginAt(file.size());
            for (int block = 0; block < 500; block++) {
                int rows = 1 + random.nextInt(block % 50 == 0 ? 9_000 : 80);
                for (int i = 0; i < rows; i++) {
                    String text = "offer " + random.nextInt(1_000) + " with some words";
                    written.add(text);
                    codec.addRow();
                    writer.append(
                            new GenericRecordBuilder(SCHEMA).set("text", text).build());
                }
                writer.sync();
                writer.flush();
                ends.add((long) file.size());
            }
        }
        assertThat(ends).allSatisfy(end -> assertThat(end % 128).isZero());
        List<String> read = new ArrayList<>();
        try (DataFileReader<GenericRecord> reader =
                new DataFileReader<>(new SeekableByteArrayInput(file.toByteArray()), new GenericDatumReader<>())) {
            reader.forEach(row -> read.add(row.get("text").toString()));
        }
        assertThat(read).isEqualTo(written);
    }
}
