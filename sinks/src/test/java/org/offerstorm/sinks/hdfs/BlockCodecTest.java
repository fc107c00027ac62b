package org.offerstorm.sinks.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.file.SeekableByteArrayInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.local.servers.JavaCommand;

/** A worker whose temporary directory takes no native library, in a separate JVM: a library that did not load never does. */
class BlockCodecTest {
    @TempDir
    private Path temp;

    @Test
    void a_library_that_cannot_be_loaded_is_reported_with_what_to_do() throws Exception {
        Path noDirectory = Files.createFile(temp.resolve("file"));

        assertThat(run(noDirectory))
                .contains("problem: snappy's native library cannot be loaded from " + noDirectory)
                .contains("reader: java.io.IOException: snappy's native library cannot be loaded from ")
                .contains("-Dorg.xerial.snappy.tempdir=DIR")
                .contains("worker.childopts");
    }

    @Test
    void a_library_that_loads_is_no_problem() throws Exception {
        assertThat(run(temp)).isEqualTo("problem: none\n");
    }

    private String run(Path libraries) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(JavaCommand.of(
                        List.of("-Dorg.xerial.snappy.tempdir=" + libraries, "-XX:TieredStopAtLevel=1"),
                        Probe.class.getName(),
                        List.of()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return said;
    }

    /** Says what it finds; if the library does not load, also what becomes of a file that is read. */
    static final class Probe {
        private Probe() {}

        public static void main(String[] args) throws IOException {
            PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
            out.print("problem: " + BlockCodec.problem().orElse("none") + "\n");
            if (BlockCodec.problem().isPresent()) {
                try (BlockReader reader = BlockReader.open(
                        new org.apache.hadoop.fs.Path("file"),
                        new SeekableByteArrayInput(new byte[] {'O', 'b', 'j'}))) {
                    out.print("reader: torn is " + reader.isTorn() + "\n");
                } catch (IOException e) {
                    out.print("reader: " + e + "\n");
                }
            }
        }
    }
}
