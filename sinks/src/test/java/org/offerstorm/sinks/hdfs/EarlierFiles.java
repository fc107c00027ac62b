package org.offerstorm.sinks.hdfs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/** Files as a version of the sink wrote them that had another schema. */
final class EarlierFiles {
    /**
     * A file of that version.
     *
     * @param ends where its header ends, then where each of its blocks does
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Written(byte[] bytes, List<Integer> ends) {}

    private EarlierFiles() {}

    /** The file's metadata and rows, block by block, in the schema given; what the schema does not have is left out. */
    static Written of(byte[] file, Schema schema) throws IOException {
        List<Integer> ends = new ArrayList<>();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataFileReader<GenericRecord> rows =
                        new DataFileReader<>(new SeekableByteArrayInput(file), new GenericDatumReader<>(null, schema));
                DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            writer.setCodec(CodecFactory.snappyCodec());
            for (String key : FileMetadata.KEYS) {
                writer.setMeta(key, rows.getMeta(key));
            }
            writer.create(schema, bytes);
            ends.add((int) writer.sync());
            while (rows.hasNext()) {
                for (long left = rows.getBlockCount(); left > 0; left--) {
                    writer.append(rows.next());
                }
                ends.add((int) writer.sync());
            }
        }
        return new Written(bytes.toByteArray(), ends);
    }
}
