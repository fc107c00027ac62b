package org.offerstorm.topology.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Finished files, past the sink. */
final class AvroFiles {
    private AvroFiles() {}

    /** The one finished file that has been written. */
    static Path only(FileSystem hdfs, String directory) throws IOException {
        FileStatus[] files = hdfs.globStatus(new Path(directory + "/offers/dt=*/*.avro"));
        assertThat(files).hasSize(1);
        return files[0].getPath();
    }

    static void rewrite(FileSystem hdfs, Path file, Consumer<GenericRecord> change) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataFileStream<GenericRecord> rows = new DataFileStream<>(hdfs.open(file), new GenericDatumReader<>());
                DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>())) {
            for (String key : rows.getMetaKeys()) {
                if (!DataFileWriter.isReservedMeta(key)) {
                    writer.setMeta(key, rows.getMeta(key));
                }
            }
            writer.create(rows.getSchema(), bytes);
            while (rows.hasNext()) {
                GenericRecord row = rows.next();
                change.accept(row);
                writer.append(row);
            }
        }
        try (OutputStream out = hdfs.create(file, true)) {
            bytes.writeTo(out);
        }
    }
}
