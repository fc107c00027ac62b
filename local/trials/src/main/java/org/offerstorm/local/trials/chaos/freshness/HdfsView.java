package org.offerstorm.local.trials.chaos.freshness;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.SeekableInput;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DFSInputStream;
import org.offerstorm.sinks.hdfs.HdfsConfig;

/**
 * Reads the offsets of all rows, each block of each file once: a file's name is unique and stays while it goes from {@code _open} over
 * {@code _recover} to its date. Open files are read up to their last sync. Plain Avro, not the sink's own reader.
 */
final class HdfsView implements SinkView {
    private static final Schema ROW = SchemaBuilder.record("OfferRow")
            .namespace("org.offerstorm")
            .fields()
            .requiredInt("partition")
            .requiredLong("offset")
            .endRecord();

    private final HdfsConfig config;
    private final Map<Integer, Long> highest = new HashMap<>();
    private final Map<String, Position> positions = new HashMap<>();
    private FileSystem files;

    /** Does not connect. */
    HdfsView(HdfsConfig config) {
        this.config = config;
    }

    /**
     * How far a file was read.
     *
     * @param block where the first block begins that was not read yet
     * @param length of the file at that time
     */
    private record Position(long block, long length) {}

    @Override
    public String sink() {
        return "hdfs";
    }

    @Override
    public boolean holds(List<List<Markers.Marker>> markers) throws IOException {
        try {
            if (files == null) {
                files = FileSystem.newInstance(URI.create(config.uri()), settings());
            }
            for (Path file : list()) {
                read(file);
            }
        } catch (IOException e) {
            close();
            throw e;
        }
        return markers.stream()
                .map(those -> those.get(0))
                .allMatch(marker -> highest.getOrDefault(marker.partition(), -1L) >= marker.offset());
    }

    @Override
    public void close() {
        if (files != null) {
            try {
                files.close();
            } catch (IOException e) {
                // Nothing was written.
            }
            files = null;
        }
    }

    /** Its defaults would wait for minutes. */
    private static Configuration settings() {
        Configuration conf = new Configuration();
        conf.setInt("ipc.client.connect.max.retries", 0);
        conf.setInt("ipc.client.connect.max.retries.on.timeouts", 0);
        conf.setInt("ipc.client.connect.timeout", 1_500);
        conf.setInt("ipc.client.rpc-timeout.ms", 3_000);
        conf.setBoolean("dfs.client.retry.policy.enabled", false);
        conf.setInt("dfs.client.socket-timeout", 1_500);
        conf.setInt("dfs.client.max.block.acquire.failures", 1);
        conf.setInt("dfs.client.retry.window.base", 100);
        conf.setInt("dfs.client.retry.times.get-last-block-length", 1);
        conf.setInt("dfs.client.retry.interval-ms.get-last-block-length", 300);
        return conf;
    }

    /** In the direction in which files move; one that moved in the meantime appears twice, and is read once. */
    private List<Path> list() throws IOException {
        List<Path> found = new ArrayList<>();
        Path root = new Path(config.directory());
        for (Path parent : List.of(new Path(root, "_open"), new Path(root, "_recover"))) {
            for (Path slot : directories(parent)) {
                addFiles(slot, found);
            }
        }
        addFiles(new Path(root, "offers"), found);
        return found;
    }

    private void addFiles(Path parent, List<Path> found) throws IOException {
        for (Path directory : directories(parent)) {
            for (FileStatus file : children(directory)) {
                if (file.getPath().getName().endsWith(".avro")) {
                    found.add(file.getPath());
                }
            }
        }
    }

    private List<Path> directories(Path parent) throws IOException {
        List<Path> directories = new ArrayList<>();
        for (FileStatus child : children(parent)) {
            if (child.isDirectory()) {
                directories.add(child.getPath());
            }
        }
        return directories;
    }

    private FileStatus[] children(Path directory) throws IOException {
        try {
            return files.listStatus(directory);
        } catch (FileNotFoundException e) {
            return new FileStatus[0];
        }
    }

    private void read(Path file) throws IOException {
        Position position = positions.getOrDefault(file.getName(), new Position(0, 0));
        try (FSDataInputStream in = files.open(file)) {
            // The file's status shows the length of its first sync only; the stream asks a DataNode.
            long length =
                    in.getWrappedStream() instanceof DFSInputStream stream ? stream.getFileLength() : in.available();
            if (length > position.length()) {
                positions.put(file.getName(), read(in, length, position.block()));
            }
        } catch (FileNotFoundException e) {
            // It has moved; the next look finds it.
        }
    }

    private Position read(FSDataInputStream in, long length, long from) throws IOException {
        long block = from;
        try {
            DataFileReader<GenericRecord> reader =
                    new DataFileReader<>(new Bounded(in, length), new GenericDatumReader<>(null, ROW));
            if (block == 0) {
                block = reader.previousSync();
            } else {
                reader.seek(block);
            }
            while (reader.hasNext()) {
                long rows = reader.getBlockCount();
                Map<Integer, Long> seen = new HashMap<>();
                for (long row = 0; row < rows; row++) {
                    GenericRecord record = reader.next();
                    seen.merge((Integer) record.get("partition"), (Long) record.get("offset"), Math::max);
                }
                if (reader.previousSync() <= block) {
                    break; // cut within the block's head
                }
                block = reader.previousSync();
                seen.forEach((partition, offset) -> highest.merge(partition, offset, Math::max));
            }
        } catch (AvroRuntimeException e) {
            // The block is not whole yet.
        }
        return new Position(block, length);
    }

    /** The part of a file that is on the disks. */
    private record Bounded(FSDataInputStream in, long length) implements SeekableInput {
        @Override
        public void seek(long position) throws IOException {
            in.seek(position);
        }

        @Override
        public long tell() throws IOException {
            return in.getPos();
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            long left = length - in.getPos();
            return left <= 0 ? -1 : in.read(bytes, from, (int) Math.min(count, left));
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
