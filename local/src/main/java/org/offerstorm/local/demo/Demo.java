package org.offerstorm.local.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import org.offerstorm.local.server.EmbeddedRedis;
import org.offerstorm.topology.cli.Failure;

final class Demo {
    static int run(DemoOptions options) throws IOException {
        Screen screen = new Screen(System.out, Boolean.getBoolean("offerstorm.terminal"));
        try (DataDirectory directory = DataDirectory.open(options.dataDirectory())) {
            EmbeddedRedis.endOrphan(directory.resolve(Servers.REDIS));
            if (options.fresh()) {
                directory.empty();
            }
            directory.clear("tmp");
            System.setProperty("java.io.tmpdir", java.nio.file.Files.createDirectories(directory.resolve("tmp")).toString());
            Logs logs = Logs.toFiles(directory.resolve("logs"));
            StopRequest stop = new StopRequest();
            Signals.onStop(stop::request);
            long t0 = System.nanoTime();
            try (Servers servers = Servers.start(directory, new Ports(directory.resolve("ports"), options.ports()), name -> screen.print(name + " " + (System.nanoTime() - t0) / 1e9))) {
                screen.print("up " + servers.kafka().bootstrapServers() + " " + servers.redis().uri() + " " + servers.solr().url() + " " + servers.hdfs().uri());
                stop.await(Duration.ofDays(1));
                screen.print("stop");
            }
            screen.print("warnings " + logs.warnings() + " " + logs.errors());
        }
        return 0;
    }
}
