package org.offerstorm.sinks.hdfs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.fs.Path;

/**
 * One Avro file being written. Its date is that of its first row; until then it serves any date. Header and blocks end where
 * HDFS begins a new checksum, see {@link AlignedSnappy}.
 */
final class OpenFile {
    private final Path path;
    private final LogFiles.Output out;
    private final DataFileWriter<GenericRecord> writer;
    private final AlignedSnappy codec;
    private LocalDate date;
    private Instant since;

    private OpenFile(Path path, LogFiles.Output out, DataFileWriter<GenericRecord> writer, AlignedSnappy codec) {
        this.path = path;
        this.out = out;
        this.writer = writer;
        this.codec = codec;
    }

    /** Creates the file; returns when its header is durable. */
    static OpenFile create(LogFiles files, Path path, Schema schema, FileMetadata metadata) throws IOException {
        BlockCodec.require();
        int alignment = files.checksumBytes();
        FileMetadata aligned = metadata.lengthened(headerLength(schema, metadata), alignment);
        AlignedSnappy codec = AlignedSnappy.to(alignment);
        LogFiles.Output out = files.create(path);
        DataFileWriter<GenericRecord> writer = writer(codec.factory(), aligned);
        writer.setSyncInterval(files.blockBytes()); // Avro reserves 1.25 times this
        writer.create(schema, out);
        OpenFile file = new OpenFile(path, out, writer, codec);
        file.sync();
        codec.beginAt(out.length());
        return file;
    }

    private static DataFileWriter<GenericRecord> writer(CodecFactory codec, FileMetadata metadata) {
        DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>());
        writer.setCodec(codec);
        writer.setFlushOnEveryBlock(false);
        metadata.writeTo(writer);
        return writer;
    }

    private static int headerLength(Schema schema, FileMetadata metadata) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        try (DataFileWriter<GenericRecord> writer = writer(CodecFactory.snappyCodec(), metadata)) {
            writer.create(schema, header);
        }
        return header.size();
    }

    /** Gives the file to a date; before the first row. */
    void assign(LocalDate toDate, Instant now) {
        date = toDate;
        since = now;
    }

    Path path() {
        return path;
    }

    LocalDate date() {
        return date;
    }

    /** When the file got its date. */
    Instant since() {
        return since;
    }

    long length() {
        return out.length();
    }

    void append(GenericRecord row) throws IOException {
        codec.addRow();
        writer.append(row);
    }

    /** @param row as {@link RowEncoder} makes it */
    void append(ByteBuffer row) throws IOException {
        codec.addRow();
        writer.appendEncoded(row);
    }

    void endBlock() throws IOException {
        writer.sync();
    }

    /** Ends the block; returns when all rows are durable. */
    void sync() throws IOException {
        endBlock();
        writer.flush();
        out.sync();
    }

    /** Completes the file. On an exception it may be complete or not. */
    void close() throws IOException {
        writer.close();
    }
}
