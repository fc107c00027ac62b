package org.offerstorm.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.local.servers.JavaCommand;
import org.offerstorm.tools.terminal.StopRequest;

/** The process is a script here, which behaves as {@code lake serve} does. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class LakeServeTest {
    private static final String ANSWERS = "echo $$ >%s; echo \"Lake  http://127.0.0.1:$4 $*\"; cat >/dev/null";

    @TempDir
    private static Path temp;

    private final Path log = temp.resolve("log");
    private final Path pid = temp.resolve("pid");

    @Test
    void it_listens_where_the_page_asks_and_ends_when_it_is_closed() throws Exception {
        LakeServe serve = start(ANSWERS.formatted(pid));

        assertThat(serve.await(new StopRequest())).isTrue();
        assertThat(Files.readString(log))
                .contains("Lake  http://127.0.0.1", "lake serve --until-input-ends --port 8091 --config lake.yaml");
        assertThat(serve.isAlive()).isTrue();
        serve.close();
        assertThat(serve.isAlive()).isFalse();
    }

    @Test
    void one_that_ends_at_once_is_not_waited_for() throws Exception {
        try (LakeServe serve = start("echo 'serve: the lake cannot be used'; exit 3")) {
            assertThat(serve.await(new StopRequest())).isFalse();
        }
        assertThat(log).hasContent("serve: the lake cannot be used");
    }

    @Test
    void one_that_does_not_come_up_does_not_keep_the_user() throws Exception {
        StopRequest stop = new StopRequest();
        stop.request(130);
        LakeServe serve = start("exec sleep 600");
        assertThat(serve.await(stop)).isFalse();
        serve.close();
        assertThat(serve.isAlive()).as("killed, because it is not up").isFalse();
    }

    @Test
    void it_ends_with_a_demo_that_is_killed() throws Exception {
        Path script = script(ANSWERS.formatted(pid));
        Process demo = new ProcessBuilder(
                        JavaCommand.of(List.of(), Starter.class.getName(), List.of(script.toString(), log.toString())))
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("demo.out").toFile())
                .start();
        try {
            while (demo.isAlive()
                    && !(Files.exists(log) && Files.readString(log).contains("Lake  http"))) {
                Thread.sleep(20);
            }
            ProcessHandle serve = ProcessHandle.of(
                            Long.parseLong(Files.readString(pid).strip()))
                    .orElseThrow();
            demo.destroyForcibly(); // SIGKILL
            assertThat(serve.onExit().get(1, TimeUnit.MINUTES).isAlive()).isFalse();
        } finally {
            demo.destroyForcibly();
        }
    }

    private LakeServe start(String body) throws IOException {
        return LakeServe.start(script(body), Path.of("lake.yaml"), 8091, log);
    }

    private static Path script(String body) throws IOException {
        Path script = Files.createTempFile(temp, "launcher", "");
        Files.writeString(script, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script;
    }

    /** A demo that stays. */
    static final class Starter {
        public static void main(String[] args) throws Exception {
            LakeServe.start(Path.of(args[0]), Path.of("lake.yaml"), 8091, Path.of(args[1]))
                    .await(new StopRequest());
            Thread.sleep(600_000);
        }
    }
}
