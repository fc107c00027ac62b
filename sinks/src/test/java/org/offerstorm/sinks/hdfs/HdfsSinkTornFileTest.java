package org.offerstorm.sinks.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.sink.WriteResult;
import org.offerstorm.local.servers.EmbeddedHdfs;

/** A writer that died within a block leaves a file that no other program can read to its end. */
@ExtendWith(SharedHdfs.class)
class HdfsSinkTornFileTest {
    private static final Duration READ_WITHIN = Duration.ofSeconds(20);

    private final TestClock clock = new TestClock();

    @Test
    void what_is_finished_is_whole_blocks_that_every_avro_reader_reads(EmbeddedHdfs hdfs) throws Exception {
        Log log = new Log(hdfs.uri(), "/torn");
        Chunk<Change> whole = Log.chunk(0, 0, 50);
        Chunk<Change> torn = Log.chunk(0, 50, 50);
        try (HdfsSink dies = log.sink(clock)) {
            Log.writeUntilDone(dies, clock, whole);
            Log.writeUntilDone(dies, clock, torn);
        }
        cutLastBlock(log);

        try (HdfsSink successor = log.sink(clock)) {
            assertThat(Log.writeUntilDone(successor, clock, torn)).isEqualTo(new WriteResult.Done(50, 0));
            Log.writeUntilDone(successor, clock, Log.drain());
        }

        log.assertHoldsExactly(List.of(whole, torn));
        int rows = 0;
        for (String file : log.avroFiles()) {
            if (file.startsWith("offers/")) {
                rows += assertTimeoutPreemptively(READ_WITHIN, () -> rowsForOthers(log, file));
            }
        }
        assertThat(rows).isEqualTo(100);
    }

    /** Such a file cannot be read, but perhaps be repaired: it is put aside, and the stream goes on. */
    @Test
    void a_file_that_holds_something_but_no_whole_block_is_set_aside_and_never_deleted(EmbeddedHdfs hdfs)
            throws Exception {
        Log log = new Log(hdfs.uri(), "/damaged");
        Chunk<Change> lost = Log.chunk(0, 0, 50);
        Chunk<Change> next = Log.chunk(0, 50, 50);
        try (HdfsSink dies = log.sink(clock)) {
            Log.writeUntilDone(dies, clock, lost);
        }
        String name = damageLongest(log);

        try (HdfsSink successor = log.sink(clock)) {
            Log.writeUntilDone(successor, clock, next);
            Log.writeUntilDone(successor, clock, Log.drain());
        }

        log.assertHoldsExactly(List.of(next));
        assertThat(log.avroFiles()).contains("_damaged/" + name);
    }

    /** Numbers of attempts begin again when an operator moves a log away, and leaves what is damaged. */
    @Test
    void a_damaged_file_does_not_wait_for_its_name(EmbeddedHdfs hdfs) throws Exception {
        Log log = new Log(hdfs.uri(), "/damaged-twice");
        Chunk<Change> next = Log.chunk(0, 50, 50);
        try (HdfsSink dies = log.sink(clock)) {
            Log.writeUntilDone(dies, clock, Log.chunk(0, 0, 50));
        }
        String name = damageLongest(log);
        try (DistributedFileSystem files = new ClientSettings(log.config).connect()) {
            files.create(new Path(log.config.directory(), "_damaged/" + name)).close();
        }

        try (HdfsSink successor = log.sink(clock)) {
            Log.writeUntilDone(successor, clock, next);
            Log.writeUntilDone(successor, clock, Log.drain());
        }

        assertThat(log.avroFiles())
                .filteredOn(file -> file.startsWith("_damaged/"))
                .hasSize(2);
    }

    /** Overwrites the file with rows by a copy whose one block is damaged; returns its name. */
    private static String damageLongest(Log log) throws Exception {
        try (DistributedFileSystem files = new ClientSettings(log.config).connect()) {
            Path longest = longest(log, files);
            byte[] bytes = new byte[(int) files.getFileStatus(longest).getLen()];
            try (FSDataInputStream in = files.open(longest)) {
                in.readFully(bytes);
            }
            for (int i = bytes.length - 200; i < bytes.length - 20; i++) {
                bytes[i] ^= 0x55;
            }
            try (FSDataOutputStream out = files.create(longest, true)) {
                out.write(bytes);
            }
            return longest.getName();
        }
    }

    private static Path longest(Log log, DistributedFileSystem files) throws IOException {
        Path longest = null;
        long length = 0;
        for (String name : log.avroFiles()) {
            Path file = new Path(log.config.directory(), name);
            if (files.getFileStatus(file).getLen() > length) {
                longest = file;
                length = files.getFileStatus(file).getLen();
            }
        }
        return longest;
    }

    /**
     * Cuts the file with rows within the header of its second block. Avro's own reader throws there, or never ends; a cut elsewhere it
     * mostly takes for the end.
     */
    private static void cutLastBlock(Log log) throws Exception {
        try (DistributedFileSystem files = new ClientSettings(log.config).connect()) {
            Path cut = longest(log, files);
            files.truncate(cut, endOfFirstBlock(log, cut) + 1);
            await().atMost(Log.PATIENCE).until(() -> files.isFileClosed(cut));
        }
    }

    private static long endOfFirstBlock(Log log, Path file) throws IOException {
        try (LogFiles files = log.files();
                DataFileReader<GenericRecord> reader =
                        new DataFileReader<>(files.open(file), new GenericDatumReader<>())) {
            for (int i = 0; i < 50; i++) {
                reader.next();
            }
            return reader.previousSync();
        }
    }

    private static int rowsForOthers(Log log, String file) throws IOException {
        try (LogFiles files = log.files();
                DataFileReader<GenericRecord> reader = new DataFileReader<>(
                        files.open(new Path(log.config.directory(), file)), new GenericDatumReader<>())) {
            int rows = 0;
            while (reader.hasNext()) {
                reader.next();
                rows++;
            }
            return rows;
        }
    }
}
