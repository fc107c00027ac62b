package org.offerstorm.sinks.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.local.servers.EmbeddedHdfs;

@ExtendWith(SharedHdfs.class)
class HdfsSinkKillTest {
    @Test
    void writers_killed_in_the_middle_of_a_load_lose_no_acked_offer_and_double_none(EmbeddedHdfs hdfs)
            throws Exception {
        Log log = new Log(hdfs.uri(), "/kill/load");
        long acked = 0;
        for (int kill = 0; kill < 2; kill++) {
            // As after a crash of the stream: it begins again before what the last writer had acked.
            long from = Math.max(0, acked - 3L * LoadWriter.CHUNK);
            acked = Math.max(acked, loadAndKill(log, from, acked + 20L * LoadWriter.CHUNK));
        }
        TestClock clock = new TestClock();
        try (HdfsSink sink = log.sink(clock)) {
            Log.writeUntilDone(sink, clock, Log.floors());
            List<String> afterRecovery = log.rows();
            assertThat(afterRecovery).doesNotHaveDuplicates().contains(rowsUpTo(acked));
            // Replay of the unacked, and of all else.
            long end = Math.max(acked, afterRecovery.size()) + LoadWriter.CHUNK;
            Chunk<Change> everything = Log.chunk(0, 0, (int) end);
            assertThat(Log.writeUntilDone(sink, clock, everything).stale()).isEqualTo(afterRecovery.size());
            Log.writeUntilDone(sink, clock, Log.drain());
            log.assertHoldsExactly(List.of(everything));
        }
    }

    /** Starts a writer process, and kills it once it has acked up to {@code enough}; returns up to where it did. */
    private static long loadAndKill(Log log, long from, long enough) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-Xmx200m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoadWriter.class.getName(),
                        log.config.uri(),
                        log.config.directory(),
                        Long.toString(from))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader lines = process.inputReader()) {
            long acked = 0;
            String line;
            while (acked < enough && (line = lines.readLine()) != null) {
                if (line.startsWith("acked ")) {
                    acked = Long.parseLong(line.substring("acked ".length()));
                }
            }
            assertThat(acked).as("the writer ended by itself").isGreaterThanOrEqualTo(enough);
            process.toHandle().destroyForcibly(); // unlike the process itself, leaves its output to be read
            while ((line = lines.readLine()) != null) { // acked before the kill
                if (line.startsWith("acked ")) {
                    acked = Long.parseLong(line.substring("acked ".length()));
                }
            }
            return acked;
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static String[] rowsUpTo(long next) {
        String[] rows = new String[(int) next];
        for (int offset = 0; offset < next; offset++) {
            rows[offset] = "0@" + offset;
        }
        return rows;
    }
}
