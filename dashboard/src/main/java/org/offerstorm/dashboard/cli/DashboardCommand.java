package org.offerstorm.dashboard.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.dashboard.Dashboard;
import org.offerstorm.tools.cli.ConfigOptions;
import org.offerstorm.tools.cli.VersionProvider;
import org.offerstorm.tools.cli.value.Port;
import org.offerstorm.tools.mapping.DataSets;
import org.offerstorm.tools.terminal.ConsoleLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code offerstorm dashboard}: the live page over any Redis that the topology counts in, and the search over its Solr. */
@Command(
        name = "dashboard",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        description =
                "Serves the live page (the table category × continent, the map, rates and the latest changes), the search"
                        + " page, and the API of both. Reads Redis and Solr, and writes nothing. If one of them does not"
                        + " answer, the page says so, and resumes when it answers again. Ctrl-C ends it.",
        footer = {
            "",
            "Exit codes: 0 fine, 2 usage, 3 the port is taken.",
            "",
            "Examples:",
            "  ${COMMAND-FULL-NAME} --redis redis://127.0.0.1:6379",
            "  ${COMMAND-FULL-NAME} --port 80 --bind 0.0.0.0",
            "  ${COMMAND-FULL-NAME} -c 'dashboard.keys.ann=$${file:/run/secrets/ann}'",
            "  curl http://127.0.0.1:8080/api/counts",
            "  curl -N http://127.0.0.1:8080/api/changes"
        })
public final class DashboardCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Port of the page; 0 for any free one. Default: ${DEFAULT-VALUE}.")
    private Port port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description =
                    "Address to listen on; 0.0.0.0 shows the page to everybody who can reach this machine, or with"
                            + " dashboard.keys to who has a key. There is no TLS. Default: ${DEFAULT-VALUE}.")
    private String bind;

    @Option(
            names = "--redis",
            paramLabel = "URI",
            description =
                    "redis://[user:password@]host:port[/database], rediss://… or redis-sentinel://…. Default: redis.uri of"
                            + " the configuration.")
    private String redis;

    @Mixin
    private ConfigOptions options;

    @Override
    public Integer call() throws InterruptedException {
        OfferstormConfig config = options.load("redis.uri", redis);
        ConsoleLog.of("org.offerstorm.dashboard"); // triggers, and a Redis that goes and comes
        PrintWriter out = spec.commandLine().getOut();
        CountDownLatch end = new CountDownLatch(1);
        try (Dashboard dashboard = start(config)) {
            Runtime.getRuntime().addShutdownHook(new Thread(dashboard::close, "close-dashboard"));
            out.println("Dashboard  " + dashboard.url());
            out.println("API        " + dashboard.url() + "api/openapi.json");
            out.println("Ctrl-C ends it.");
            out.flush();
            end.await();
        }
        return 0;
    }

    private Dashboard start(OfferstormConfig config) {
        try {
            return Dashboard.start(config, DataSets.of(config), InetAddress.getByName(bind), port.number());
        } catch (UnknownHostException e) {
            throw Failure.usage("--bind " + bind + " is not an address of this machine");
        } catch (IllegalArgumentException e) {
            throw Failure.usage(e.getMessage());
        } catch (IOException e) {
            throw Failure.unreachable(e.getMessage() + "; choose another with --port, 0 for any free one", e);
        }
    }
}
