package org.offerstorm.lake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.lake.LakeMain;
import org.offerstorm.lake.LakeProcess;
import org.offerstorm.lake.batch.LakeLock;
import org.offerstorm.lake.batch.LakeSession;
import org.offerstorm.lake.batch.LakeTables;
import org.offerstorm.lake.batch.Lakes;
import org.offerstorm.lake.batch.OffsetVector;
import org.offerstorm.lake.batch.StagedOffers;
import org.offerstorm.local.servers.EmbeddedHdfs;
import org.offerstorm.sinks.hdfs.HdfsConfig;
import org.offerstorm.sinks.hdfs.HdfsSink;

/** The process that the launcher starts: what it prints, its exit code, and what is published. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class LakeProcessesTest {
    @TempDir
    private static Path directory;

    private static EmbeddedHdfs hdfs;
    private static DistributedFileSystem files;

    @BeforeAll
    static void start() throws Exception {
        hdfs = EmbeddedHdfs.start(directory.resolve("hdfs"), 0);
        files = (DistributedFileSystem) FileSystem.newInstance(URI.create(hdfs.uri()), new Configuration());
    }

    @AfterAll
    static void stop() throws IOException {
        files.close();
        hdfs.close();
    }

    @Test
    void without_hdfs_there_is_one_message() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String uri = "hdfs://127.0.0.1:" + port;

        assertThat(refusal(uri, "/away"))
                .startsWith("run: the lake at " + uri + "/away/lake cannot be used: ")
                .endsWith("start HDFS, or correct hdfs.uri, hdfs.directory and lake.directory. Nothing was published");
    }

    @Test
    void a_full_hdfs_leaves_the_tables_as_they_are() throws Exception {
        write("/full", 0, 10);
        try (LakeProcess run = run(hdfs.uri(), "/full", Map.of())) {
            assertThat(run.code()).as("%s", run.err()).isZero();
            assertThat(run.out()).singleElement().asString().contains("10 new versions");
        }
        OffsetVector before = published("/full");
        write("/full", 10, 20);
        org.apache.hadoop.fs.Path warehouse = new org.apache.hadoop.fs.Path("/full/lake");

        files.setQuota(warehouse, HdfsConstants.QUOTA_DONT_SET, 1);
        assertThat(refusal(hdfs.uri(), "/full"))
                .contains("quota", "HDFS takes no more: make room, or start its DataNodes. Nothing was published");
        assertThat(files.exists(new org.apache.hadoop.fs.Path(warehouse, "_lock")))
                .as("the lock is left")
                .isFalse();
        assertThat(published("/full")).isEqualTo(before);

        // Room for the lock alone, of a block's size: what the run itself writes has none.
        files.setQuota(warehouse, HdfsConstants.QUOTA_DONT_SET, HdfsConstants.QUOTA_RESET);
        files.setQuota(warehouse.suffix("/offers/offers_history"), HdfsConstants.QUOTA_DONT_SET, 1);
        assertThat(refusal(hdfs.uri(), "/full")).contains("quota", "Nothing was published");
        assertThat(published("/full")).isEqualTo(before);

        files.setQuota(
                warehouse.suffix("/offers/offers_history"), HdfsConstants.QUOTA_DONT_SET, HdfsConstants.QUOTA_RESET);
        try (LakeProcess run = run(hdfs.uri(), "/full", Map.of())) {
            assertThat(run.code()).as("%s", run.err()).isZero();
            assertThat(run.out()).singleElement().asString().contains("10 new versions");
        }
    }

    @Test
    void a_table_of_another_program_is_left_alone() throws Exception {
        write("/foreign", 0, 10);
        LakeSession lake = Lakes.at(hdfs.uri() + "/foreign/lake");
        lake.spark().sql("CREATE NAMESPACE lake.offers");
        lake.spark().sql("CREATE TABLE lake.offers.offers_history (id STRING) USING iceberg");

        assertThat(refusal(hdfs.uri(), "/foreign"))
                .endsWith("offers_history is a table of another program (it has no property offerstorm.format); set"
                        + " lake.directory to a directory of the lake's own");
        assertThat(lake.spark().table("lake.offers.offers_history").count()).isZero();
    }

    @Test
    void a_lake_that_is_in_use_is_left_alone() throws Exception {
        write("/locked", 0, 10);
        try (LakeLock lock = LakeLock.take(hdfs.uri() + "/locked/lake", new Configuration(), "maintain")) {
            assertThat(lock).isNotNull();
            assertThat(refusal(hdfs.uri(), "/locked"))
                    .startsWith("run: the lake is in use by 'lake maintain', process "
                            + ProcessHandle.current().pid());
            assertThat(files.exists(new org.apache.hadoop.fs.Path("/locked/lake/offers")))
                    .isFalse();
        }
    }

    @Test
    void of_two_that_start_at_once_the_second_says_so() throws Exception {
        try (FSDataOutputStream first = files.create(new org.apache.hadoop.fs.Path("/starting/lake/_lock"))) {
            first.write('r');
            assertThatThrownBy(() -> LakeLock.take(hdfs.uri() + "/starting/lake", new Configuration(), "run"))
                    .isInstanceOf(LakeLock.Locked.class)
                    .hasMessageContaining("just starting");
        }
    }

    @Test
    void a_run_that_stays_ends_between_two_rounds_when_it_is_asked_to() throws Exception {
        write("/every", 0, 10);
        Path audit = directory.resolve("audit");
        Map<String, String> environment = Map.of("OFFERSTORM_AUDIT_LOG", audit.toString());
        try (LakeProcess run = run(hdfs.uri(), "/every", environment, "--every", "1s")) {
            while (run.out().size() < 2 && run.isAlive()) {
                Thread.sleep(50);
            }
            run.terminate();

            assertThat(run.code()).as("%s", run.err()).isZero();
            assertThat(run.err()).isEmpty();
            assertThat(run.out().get(0)).contains("10 new versions");
            assertThat(run.out().get(1)).isEqualTo("Nothing new since 1;0:10.");
        }
        assertThat(files.exists(new org.apache.hadoop.fs.Path("/every/lake/_lock")))
                .isFalse();
        assertThat(Files.readAllLines(audit))
                .singleElement()
                .asString()
                .contains("\"event.action\":\"offerstorm lake run\"", "\"event.outcome\":\"success\"", "--every");
    }

    @Test
    void staged_files_are_deleted_by_nobody_else_and_only_when_they_are_old() throws Exception {
        write("/staged", 0, 10);
        try (LakeProcess run = run(hdfs.uri(), "/staged", Map.of())) {
            assertThat(run.code()).as("%s", run.err()).isZero();
        }
        try (LakeProcess young = command("/staged", "maintain", "--staged", "--keep", "1h")) {
            assertThat(young.code()).as("%s", young.err()).isZero();
            assertThat(young.out()).contains("0 staged files, 0 bytes, deleted.");
        }
        List<org.apache.hadoop.fs.Path> staged = staged("/staged");
        assertThat(staged).hasSize(2);
        for (org.apache.hadoop.fs.Path file : staged) {
            files.setTimes(
                    file, System.currentTimeMillis() - Duration.ofHours(2).toMillis(), -1);
        }
        try (LakeLock lock = LakeLock.take(hdfs.uri() + "/staged/lake", new Configuration(), "run");
                LakeProcess locked = command("/staged", "maintain", "--staged", "--keep", "1h")) {
            assertThat(lock).isNotNull();
            assertThat(locked.code()).isEqualTo(3);
            assertThat(locked.err()).singleElement().asString().contains("the lake is in use by 'lake run'");
        }
        assertThat(staged("/staged")).hasSize(2);
        try (LakeProcess old = command("/staged", "maintain", "--staged", "--keep", "1h")) {
            assertThat(old.code()).as("%s", old.err()).isZero();
            assertThat(old.out())
                    .anySatisfy(line ->
                            assertThat(line).startsWith("2 staged files, ").endsWith(" bytes, deleted."))
                    .contains("Of 10 rows, those below 1;0:10, may now be in the lake alone.");
        }
        assertThat(staged("/staged")).isEmpty();
        try (LakeProcess verify = command("/staged", "verify", "-c", "sinks=hdfs")) {
            assertThat(verify.code()).as("%s %s", verify.out(), verify.err()).isZero();
            assertThat(verify.out())
                    .anySatisfy(line -> assertThat(line).matches("rows whose files were deleted +10  agree"));
        }
    }

    @Test
    void a_server_that_another_program_started_ends_with_its_input() throws Exception {
        write("/served", 0, 10);
        try (LakeProcess run = run(hdfs.uri(), "/served", Map.of())) {
            assertThat(run.code()).as("%s", run.err()).isZero();
        }
        List<String> arguments = new ArrayList<>(List.of("lake", "serve", "--until-input-ends", "--port", "0"));
        arguments.addAll(options(hdfs.uri(), "/served"));
        try (LakeProcess serve = LakeProcess.start(directory, Map.of(), LakeMain.class, arguments)) {
            while (serve.out().isEmpty() && serve.isAlive()) {
                Thread.sleep(50);
            }
            String url = serve.out().get(0).replace("Lake  ", "");
            try (InputStream answer =
                    URI.create(url + "/counts?from=merged").toURL().openStream()) {
                assertThat(new String(answer.readAllBytes(), StandardCharsets.UTF_8))
                        .contains("\"countedTo\":\"1;0:10\"");
            }
            serve.endInput();

            assertThat(serve.code()).as("%s", serve.err()).isZero();
        }
    }

    /** The one line that a run says which cannot do its work. */
    private static String refusal(String uri, String path) throws Exception {
        try (LakeProcess run = run(uri, path, Map.of())) {
            assertThat(run.code()).as("%s %s", run.out(), run.err()).isEqualTo(3);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).hasSize(1);
            return run.err().get(0);
        }
    }

    private static LakeProcess run(String uri, String path, Map<String, String> environment, String... further)
            throws IOException {
        List<String> arguments = new ArrayList<>(List.of("lake", "run"));
        arguments.addAll(options(uri, path));
        arguments.addAll(List.of(further));
        return LakeProcess.start(directory, environment, LakeMain.class, arguments);
    }

    private static LakeProcess command(String path, String... words) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("lake"));
        arguments.addAll(List.of(words));
        arguments.addAll(options(hdfs.uri(), path));
        return LakeProcess.start(directory, Map.of(), LakeMain.class, arguments);
    }

    private static List<org.apache.hadoop.fs.Path> staged(String path) throws IOException {
        List<org.apache.hadoop.fs.Path> found = new ArrayList<>();
        RemoteIterator<LocatedFileStatus> all = files.listFiles(new org.apache.hadoop.fs.Path(path, "offers"), true);
        while (all.hasNext()) {
            found.add(all.next().getPath());
        }
        return found;
    }

    private static List<String> options(String uri, String path) {
        return List.of(
                "--master",
                "local[1]",
                "--staged-only",
                "-c",
                "hdfs.uri=" + uri,
                "-c",
                "hdfs.directory=" + path,
                "-c",
                "source.group=" + Lakes.GROUP);
    }

    private static OffsetVector published(String path) throws Exception {
        return LakeTables.open(Lakes.at(hdfs.uri() + path + "/lake"), Lakes.GROUP)
                .history()
                .offsets();
    }

    private static void write(String path, long from, long next) throws Exception {
        HdfsConfig config = new HdfsConfig(hdfs.uri(), path, 1 << 27, Duration.ofMinutes(10), Map.of());
        try (HdfsSink sink = StagedOffers.sink(config)) {
            StagedOffers.write(sink, from, next, true);
        }
    }
}
