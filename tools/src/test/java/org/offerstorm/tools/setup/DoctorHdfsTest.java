package org.offerstorm.tools.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivilegedExceptionAction;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.SafeModeAction;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.security.UserGroupInformation;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.check.Finding;
import org.offerstorm.core.check.Finding.Level;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.sink.SetupStep;
import org.offerstorm.local.servers.EmbeddedHdfs;
import org.offerstorm.sinks.hdfs.Hdfs;
import org.offerstorm.sinks.hdfs.HdfsConfig;
import org.offerstorm.sinks.hdfs.HdfsHealth;
import org.offerstorm.sinks.hdfs.HdfsSetup;
import org.offerstorm.tools.config.ConfigLoader;

/** HDFS in every wrong state. */
class DoctorHdfsTest {
    private static final Source SOURCE = new Source("offers", "id", 1, 4);

    @TempDir
    static Path directory;

    private static EmbeddedHdfs hdfs;
    private static DistributedFileSystem files;

    @BeforeAll
    static void start() throws Exception {
        hdfs = EmbeddedHdfs.start(directory, 0);
        files = (DistributedFileSystem) FileSystem.newInstance(URI.create(hdfs.uri()), new Configuration());
    }

    @AfterAll
    static void stop() throws Exception {
        try {
            files.close();
        } finally {
            hdfs.close();
        }
    }

    @Test
    void all_is_well_and_nothing_is_left_behind() throws Exception {
        HdfsConfig config = made("/well");
        assertThat(look(config))
                .allMatch(finding -> finding.level() == Level.OK)
                .extracting(Finding::name)
                .containsExactly("hdfs", "hdfs datanodes", "hdfs directory", "hdfs write", "hdfs state");
        assertThat(files.listStatus(new org.apache.hadoop.fs.Path("/well")))
                .extracting(status -> status.getPath().getName())
                .containsExactly("offers");
    }

    @Test
    void a_missing_directory_is_reported() {
        DoctorTest.only(complaints(config("/missing")), Level.FAIL, "hdfs directory")
                .contains("does not exist")
                .contains("offerstorm setup");
    }

    @Test
    void a_directory_that_is_not_writable_is_reported_with_the_command_that_fixes_it() throws Exception {
        HdfsConfig config = made("/closed");
        files.setPermission(new org.apache.hadoop.fs.Path("/closed"), new FsPermission("755"));

        DoctorTest.only(as("worker", () -> complaints(config)), Level.FAIL, "hdfs directory")
                .contains("user worker may not write to /closed")
                .contains("hdfs dfs -chown -R worker /closed");
    }

    @Test
    void a_part_of_the_directory_that_is_not_writable_is_reported() throws Exception {
        HdfsConfig config = made("/partly");
        files.setOwner(new org.apache.hadoop.fs.Path("/partly"), "worker", "workers");

        DoctorTest.only(as("worker", () -> complaints(config)), Level.FAIL, "hdfs directory")
                .contains("may not write to /partly/offers");
    }

    @Test
    void a_directory_that_may_not_be_made_is_reported_with_the_command() {
        Assertions.assertThatThrownBy(() -> as("worker", () -> new HdfsSetup(config("/new/deep")).make()))
                .hasRootCauseInstanceOf(org.apache.hadoop.ipc.RemoteException.class)
                .hasMessageContaining("user worker may not make /new/deep")
                .isInstanceOfSatisfying(SetupStep.NotMade.class, refused -> assertThat(refused.fix())
                        .endsWith("hdfs dfs -mkdir -p /new/deep && hdfs dfs -chown -R worker /new/deep"));
    }

    @Test
    void safe_mode_is_reported() throws Exception {
        HdfsConfig config = made("/safe");
        files.setSafeMode(SafeModeAction.ENTER);
        try {
            DoctorTest.only(complaints(config), Level.FAIL, "hdfs")
                    .contains("safe mode")
                    .contains("hdfs dfsadmin -safemode leave");
        } finally {
            files.setSafeMode(SafeModeAction.LEAVE);
        }
    }

    @Test
    void a_stopped_datanode_is_reported() throws Exception {
        HdfsConfig config = made("/no-datanode");
        hdfs.stopDataNode();
        try {
            assertThat(complaints(config)).singleElement().satisfies(finding -> {
                assertThat(finding.isFailure()).isTrue();
                assertThat(finding.name()).isIn("hdfs write", "hdfs datanodes"); // once its lease has ended
                assertThat(finding.fix()).contains("DataNodes");
            });
        } finally {
            hdfs.restartDataNode();
        }
    }

    @Test
    void a_stopped_namenode_is_reported() throws Exception {
        HdfsConfig config = new HdfsConfig(
                "hdfs://" + AllServers.nobody(),
                "/x",
                config("/x").rollSizeBytes(),
                config("/x").rollAge(),
                Map.of());
        DoctorTest.only(complaints(config), Level.FAIL, "hdfs").contains("start the NameNode there");
    }

    @Test
    void the_directory_of_another_group_is_reported() throws Exception {
        HdfsConfig config = made("/others");
        files.mkdirs(new org.apache.hadoop.fs.Path("/others/_stream"));
        try (FSDataOutputStream out = files.create(new org.apache.hadoop.fs.Path("/others/_stream/1.properties"))) {
            out.write("format=1\ngroup=another\ntopic=offers\ntopicId=id\nepoch=1\npartitions=4\nslots=1\n"
                    .getBytes(StandardCharsets.UTF_8));
        }
        DoctorTest.only(complaints(config), Level.FAIL, "hdfs state")
                .contains("was written by consumer group 'another'")
                .contains("hdfs.directory");
    }

    private static HdfsConfig config(String path) {
        Map<String, String> settings = new HashMap<>(AllServers.PATIENT_HDFS);
        settings.put("hdfs.uri", hdfs.uri());
        settings.put("hdfs.directory", path);
        return ConfigLoader.load(null, settings).of(Hdfs.KIND);
    }

    private static HdfsConfig made(String path) throws IOException {
        HdfsConfig config = config(path);
        assertThat(new HdfsSetup(config).make()).isTrue();
        return config;
    }

    private static List<Finding> complaints(HdfsConfig config) {
        return look(config).stream()
                .filter(finding -> finding.level() != Level.OK)
                .toList();
    }

    private static List<Finding> look(HdfsConfig config) {
        List<Finding> findings = new ArrayList<>();
        new HdfsHealth(config, "offerstorm", 1, () -> Optional.of(SOURCE), InstantSource.system()).run(findings::add);
        return findings;
    }

    /** As another user than the superuser, who may do everything. */
    private static <T> T as(String user, PrivilegedExceptionAction<T> action) throws Exception {
        return UserGroupInformation.createRemoteUser(user).doAs(action);
    }
}
