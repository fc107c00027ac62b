package org.offerstorm.lake.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.offerstorm.core.check.Failure;
import org.offerstorm.lake.cli.LakeOptions.Lake;
import org.offerstorm.lake.serve.CountsAnswers;
import org.offerstorm.lake.serve.CountsServer;
import org.offerstorm.tools.cli.value.Port;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code offerstorm lake serve}. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Answers what the dashboard asks of the lake: the counts as of the last run, merged, and at any instant. Listens on"
                        + " this machine's loopback address. Set lake.serve-url of the dashboard to the address that it prints."
                        + " Ctrl-C ends it.",
        footer = {
            "",
            "Exit codes: 0 ended with its input; 2 usage; 3 HDFS cannot be reached, or the port is taken.",
            "",
            "Examples:",
            "  offerstorm lake serve",
            "  curl 'http://127.0.0.1:8091/counts?at=2026-11-01'"
        })
public final class ServeCommand implements Callable<Integer> {
    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8091",
            description = "Port; 0 for any free one. Default: ${DEFAULT-VALUE}.")
    private Port port;

    @Option(
            names = "--until-input-ends",
            description =
                    "End when standard input does, for a program that starts this one and must not leave it behind.")
    private boolean untilInputEnds;

    @Mixin
    private LakeOptions options;

    @Override
    public Integer call() {
        return options.with(this::serve);
    }

    private int serve(Lake lake) throws InterruptedException {
        CountsAnswers answers = new CountsAnswers(lake.session(), lake.staging(), lake.group());
        try (CountsServer server = start(answers)) {
            lake.out().println("Lake  " + server.url());
            lake.out().println("Set lake.serve-url of the dashboard to it. Ctrl-C ends it.");
            lake.out().flush();
            awaitEnd();
        }
        return 0;
    }

    private void awaitEnd() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        if (untilInputEnds) {
            Thread watch = new Thread(
                    () -> {
                        try {
                            System.in.transferTo(OutputStream.nullOutputStream());
                        } catch (IOException e) {
                            // Whoever held the other end is gone.
                        } finally {
                            end.countDown();
                        }
                    },
                    "input");
            watch.setDaemon(true);
            watch.start();
        }
        end.await();
    }

    private CountsServer start(CountsAnswers answers) {
        try {
            return CountsServer.start(port.number(), answers);
        } catch (IOException e) {
            throw Failure.unreachable(
                    "port " + port.number() + " of 127.0.0.1 is taken; choose another with --port, 0 for any free one",
                    e);
        }
    }
}
