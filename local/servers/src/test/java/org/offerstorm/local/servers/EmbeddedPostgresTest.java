package org.offerstorm.local.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real servers, each started in its tenths of a second. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "the bundled programs are of Linux on x86-64")
final class EmbeddedPostgresTest {
    /** One for all tests: the programs are unpacked once. */
    @TempDir
    static Path all;

    private Path directory;

    @BeforeEach
    void makeDirectory(TestInfo test) throws IOException {
        directory = Files.createDirectory(
                all.resolve(test.getTestMethod().orElseThrow().getName()));
    }

    @Test
    void answers_on_a_free_port_of_the_loopback_only_and_keeps_everything_in_its_directory() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, 0);
                Connection connection = postgres.connectAsSuperuser()) {
            assertThat(ask(connection, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(ask(connection, "SHOW unix_socket_directories")).isEmpty();
            assertThat(ask(connection, "SHOW data_directory"))
                    .isEqualTo(directory.toRealPath().resolve("data").toString());
            assertThat(ask(connection, "SHOW fsync")).isEqualTo("on");
            assertThat(ask(connection, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(ask(connection, "SHOW server_encoding")).isEqualTo("UTF8");
            assertThat(ask(connection, "SHOW log_timezone")).isEqualTo("UTC");
        }
    }

    @Test
    void role_without_a_password_owns_the_database_and_is_no_superuser() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, 0);
                Connection connection = postgres.connect()) {
            assertThat(postgres.uri())
                    .isEqualTo("postgresql://offerstorm@127.0.0.1:" + postgres.port() + "/offerstorm");
            execute(connection, "CREATE SCHEMA s");
            assertThat(ask(connection, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
                    .isEqualTo("f");
            assertThatThrownBy(() -> execute(connection, "COPY (SELECT 1) TO PROGRAM 'true'"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("must be superuser");
            assertThatThrownBy(() -> DriverManager.getConnection(
                                    "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/postgres", "postgres", "")
                            .close())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password");
        }
    }

    @Test
    void superuser_s_password_is_for_the_owner_of_the_directory_alone() throws Exception {
        EmbeddedPostgres.start(directory, 0).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("password"))))
                .isEqualTo("rw-------");
    }

    @Test
    void data_survive_a_restart_and_no_process_survives_close() throws Exception {
        Path odd = directory.resolve("a b' ü (x)");
        List<Long> pids = new ArrayList<>();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(odd, 0);
                Connection connection = postgres.connect()) {
            pids.add(postgres.pid());
            PostgresProcess.of(odd.toRealPath()).others().forEach(other -> pids.add(other.pid()));
            execute(connection, "CREATE TABLE t AS SELECT 'v'::text AS k");
        }
        assertThat(pids).hasSizeGreaterThan(3).noneMatch(EmbeddedPostgresTest::isRunning);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(odd, 0);
                Connection connection = postgres.connect()) {
            assertThat(ask(connection, "SELECT k FROM t")).isEqualTo("v");
        }
    }

    @Test
    void killed_server_keeps_what_it_acknowledged_and_comes_back_on_its_port() throws Exception {
        EmbeddedPostgres killed = EmbeddedPostgres.start(directory, 0);
        try (Connection connection = killed.connect()) {
            execute(connection, "CREATE TABLE t AS SELECT 'v'::text AS k");
            killed.kill();
            assertThat(isRunning(killed.pid())).isFalse();
            assertThatThrownBy(() -> ask(connection, "SELECT k FROM t")).isInstanceOf(SQLException.class);
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, killed.port());
                Connection connection = postgres.connect()) {
            assertThat(ask(connection, "SELECT k FROM t")).isEqualTo("v");
        }
        killed.close(); // has ended: nothing to do
    }

    @Test
    void orphan_of_the_same_directory_is_ended_with_its_connections_and_its_data_are_kept() throws Exception {
        EmbeddedPostgres orphan = EmbeddedPostgres.start(directory, 0);
        try (Connection connection = orphan.connect()) {
            execute(connection, "CREATE TABLE t AS SELECT 'v'::text AS k");
            long backend = Long.parseLong(ask(connection, "SELECT pg_backend_pid()"));
            // As if the first process alone had been killed, and a connection's had not noticed it yet.
            ProcessHandle.of(orphan.pid()).orElseThrow().destroyForcibly();
            try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, orphan.port());
                    Connection again = postgres.connect()) {
                assertThat(isRunning(orphan.pid())).isFalse();
                assertThat(isRunning(backend)).isFalse();
                assertThat(ask(again, "SELECT k FROM t")).isEqualTo("v");
            }
        }
    }

    @Test
    void neither_another_directory_s_server_nor_a_stranger_is_ended() throws Exception {
        Path mine = directory.resolve("mine");
        Process stranger = new ProcessBuilder("sleep", "60", "--cluster_name=x")
                .directory(directory.toFile())
                .start();
        try (EmbeddedPostgres other = EmbeddedPostgres.start(directory.resolve("other"), 0);
                Connection connection = other.connect()) {
            EmbeddedPostgres.start(mine, 0).close();
            for (String pid : List.of(stranger.pid() + "\n", other.pid() + "\n", "", "no number")) {
                Files.writeString(mine.resolve("data").resolve("postmaster.pid"), pid);
                try (EmbeddedPostgres postgres = EmbeddedPostgres.start(mine, 0)) {
                    assertThat(postgres.pid()).isNotEqualTo(other.pid());
                }
                EmbeddedPostgres.endOrphan(mine);
            }
            assertThat(ask(connection, "SELECT 1")).isEqualTo("1");
        } finally {
            stranger.destroyForcibly().waitFor();
        }
    }

    @Test
    void start_that_was_killed_in_the_midst_of_making_files_is_begun_again() throws Exception {
        Files.createDirectories(directory.resolve("data.new").resolve("base"));
        Files.writeString(directory.resolve("password"), "half");
        Files.createDirectories(directory.resolve("programs.new").resolve("bin"));
        Files.createDirectories(directory.resolve("programs").resolve("bin")); // without its mark
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, 0);
                Connection connection = postgres.connectAsSuperuser()) {
            assertThat(ask(connection, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void runs_in_its_own_session() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, 0)) {
            assertThat(session(postgres.pid()))
                    .isNotEqualTo(session(ProcessHandle.current().pid()));
        }
    }

    @Test
    void options_are_those_of_this_start() throws Exception {
        PostgresOptions options = new PostgresOptions(
                List.of("max_connections = 7"), List.of("host offerstorm offerstorm 127.0.0.1/32 reject"));
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, 0, options);
                Connection connection = postgres.connectAsSuperuser()) {
            assertThat(ask(connection, "SHOW max_connections")).isEqualTo("7");
            assertThatThrownBy(() -> postgres.connect().close()).hasMessageContaining("pg_hba.conf rejects");
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, 0);
                Connection connection = postgres.connect()) {
            assertThat(ask(connection, "SHOW max_connections")).isEqualTo("100");
        }
    }

    @Test
    void wrong_setting_taken_port_and_odd_directory_are_reported_and_nothing_is_left_running() throws Exception {
        PostgresOptions wrong = new PostgresOptions(List.of("no_such_setting = 1"), List.of());
        assertThatThrownBy(() -> EmbeddedPostgres.start(directory, 0, wrong))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no_such_setting");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(directory, taken.getLocalPort()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("choose another port");
        }
        assertThatThrownBy(() -> EmbeddedPostgres.start(directory.resolve("$(x)"), 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("choose a directory with another name");
        assertThat(PostgresProcess.of(directory.toRealPath()).server()).isEmpty();
        assertThat(PostgresProcess.of(directory.toRealPath()).others()).isEmpty();
    }

    /** Containers differ in which of them root is allowed. */
    @Test
    void root_has_two_ways_and_the_data_of_one_are_good_for_the_other() throws Exception {
        Assumptions.assumeTrue(PostgresUser.isRoot(), "this is not root, which needs no way");
        assertThatThrownBy(() -> EmbeddedPostgres.start(directory, 0, PostgresOptions.NONE, PostgresUser.SELF))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be run as root");
        List<PostgresUser> ways = new ArrayList<>();
        for (PostgresUser way : List.of(PostgresUser.OTHER, PostgresUser.NAMESPACE)) {
            if (way.isAllowed()) {
                ways.add(way);
            }
        }
        assertThat(ways).as("ways for root").isNotEmpty();
        ways.addAll(List.copyOf(ways));
        int rows = 0;
        for (PostgresUser way : ways) {
            try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, 0, PostgresOptions.NONE, way);
                    Connection connection = postgres.connect()) {
                execute(connection, "CREATE TABLE IF NOT EXISTS t (k int)");
                assertThat(ask(connection, "SELECT count(*) FROM t")).isEqualTo(String.valueOf(rows));
                execute(connection, "INSERT INTO t VALUES (1)");
                rows++;
            }
        }
    }

    /** Where this is not root, all the other tests show it. */
    @Test
    void runs_as_a_user_who_is_not_root() throws Exception {
        Assumptions.assumeTrue(PostgresUser.isRoot() && PostgresUser.OTHER.isAllowed(), "this is not root");
        Path theirs = Files.createDirectory(directory.resolve("theirs"));
        PostgresUser.OTHER.own(theirs);
        List<String> command = new ArrayList<>(PostgresUser.OTHER.prefix());
        command.addAll(JavaCommand.of(List.of("-Xmx128m"), NotRoot.class.getName(), List.of(theirs.toString())));
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(Files.readString(output)).endsWith("not root: 1\n");
            assertThat((int) Files.getAttribute(theirs.resolve("data"), "unix:uid", LinkOption.NOFOLLOW_LINKS))
                    .isEqualTo(PostgresUser.OTHER.owner());
        } finally {
            process.destroyForcibly().waitFor();
            EmbeddedPostgres.endOrphan(theirs);
        }
    }

    /** What the process of another user runs. */
    static final class NotRoot {
        private NotRoot() {}

        public static void main(String[] args) throws Exception {
            if (!PostgresUser.choose().equals(PostgresUser.SELF)) {
                throw new IllegalStateException("this is root");
            }
            try (EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(args[0]), 0);
                    Connection connection = postgres.connect()) {
                System.out.println("not root: " + ask(connection, "SELECT 1"));
            }
        }
    }

    private static String ask(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }

    private static void execute(Connection connection, String command) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    /** Ended processes that nobody reaped (init of a container) do not count. */
    private static boolean isRunning(long pid) {
        return ProcessHandle.of(pid).filter(PostgresProcess::isAlive).isPresent();
    }

    private static String session(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[3];
    }
}
