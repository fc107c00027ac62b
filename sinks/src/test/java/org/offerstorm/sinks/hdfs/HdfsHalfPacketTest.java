package org.offerstorm.sinks.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.local.servers.EmbeddedHdfs;

/**
 * The only DataNode is killed when a packet's bytes are in the block's file, and their checksums are not yet in the other
 * file. When it starts again it cuts off the last piece with a checksum that does not match: one that an earlier packet,
 * which was synced, has begun.
 */
class HdfsHalfPacketTest {
    private static final int HALF = 300;

    private final TestClock clock = new TestClock();

    @TempDir
    private Path directory;

    @Test
    void what_was_synced_before_is_kept() throws Exception {
        List<Chunk<Change>> written = new ArrayList<>();
        try (EmbeddedHdfs hdfs = EmbeddedHdfs.start(directory, 0)) {
            Log log = new Log(hdfs.uri(), "/half-packet");
            try (HdfsSink sink = log.sink(clock)) {
                for (Chunk<Change> chunk : chunks()) {
                    Log.writeUntilDone(sink, clock, chunk);
                    written.add(chunk);
                    hdfs.stopDataNode();
                    beginPackets();
                    hdfs.restartDataNode();
                }
                Log.writeUntilDone(sink, clock, Log.drain());
            }
            log.assertHoldsExactly(written);
        }
    }

    /** Of many sizes; the last are smaller than a piece with a checksum. */
    private static List<Chunk<Change>> chunks() {
        List<Chunk<Change>> chunks = new ArrayList<>();
        long next = 0;
        for (int count : new int[] {55, 1, 200, 7}) {
            chunks.add(Log.chunk(0, next, count));
            next += count;
        }
        for (String id : List.of("1", "0-12")) {
            chunks.add(Log.chunk(List.of(Log.delete(0, next, Log.NOON, id))));
            next++;
        }
        return chunks;
    }

    private void beginPackets() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("data"))) {
            List<Path> blocks = new ArrayList<>();
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.equals("replicas")) { // of an orderly end: how long the blocks are
                    Files.delete(file);
                } else if (name.startsWith("blk_")
                        && !name.endsWith(".meta")
                        && file.getParent().endsWith("rbw")) {
                    blocks.add(file);
                }
            }
            assertThat(blocks).isNotEmpty();
            for (Path block : blocks) {
                Files.write(block, new byte[HALF], StandardOpenOption.APPEND);
            }
        }
    }
}
