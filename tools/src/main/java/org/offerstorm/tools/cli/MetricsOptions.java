package org.offerstorm.tools.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;
import org.offerstorm.core.check.Failure;
import org.offerstorm.tools.cli.value.Port;
import org.offerstorm.tools.figures.Families;
import org.offerstorm.tools.figures.FiguresPages;
import org.offerstorm.tools.figures.FiguresServer;
import picocli.CommandLine.Option;

/** The option of a command that runs long: its metrics for Prometheus, and whether it lives. */
final class MetricsOptions {
    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            description = "Serve /metrics, /live and /ready at this port of 127.0.0.1 while it runs (default: do not).")
    private Port port;

    /** A server that may be none. */
    interface Served extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Serves them, if that was asked for, until it is closed.
     *
     * @param metrics made for each request, by the server's thread
     * @throws Failure if the port is taken
     */
    Served serve(Supplier<Families> metrics) {
        if (port == null) {
            return () -> {};
        }
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port.number());
            return FiguresServer.start(null, address, FiguresPages.of(metrics, List::of))::close;
        } catch (IOException e) {
            throw Failure.unreachable(
                    "port " + port.number() + " of --metrics-port cannot be taken (" + e.getMessage()
                            + "); name another",
                    e);
        }
    }
}
