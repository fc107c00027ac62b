package org.offerstorm.ingest.web;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.handlers.HttpContinueReadHandler;
import java.io.IOException;
import java.net.InetAddress;
import org.offerstorm.core.config.IngestConfig;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.secret.ApiKeys;
import org.offerstorm.dashboard.http.Bodies;
import org.offerstorm.dashboard.http.HostNames;
import org.offerstorm.dashboard.http.Listener;
import org.offerstorm.dashboard.search.OfferSearch;
import org.offerstorm.ingest.kafka.KafkaLink;
import org.offerstorm.ingest.kafka.KeyedWriter;
import org.offerstorm.ingest.kafka.PlainWriter;
import org.xnio.Options;

/** The web server in front of the writers. */
public final class IngestServer implements AutoCloseable {
    private static final int MAX_HEADER = 16 * 1024;
    private static final int BUFFER = 16 * 1024;
    /** What the kernel keeps for a client that does not read. */
    private static final int SEND_BUFFER = 64 * 1024;

    /**
     * Bodies of so many times the limit are read to their end and thrown away, because many clients read no answer before that;
     * connections of larger ones are closed.
     */
    private static final int DRAINED = 8;

    private final Listener listener;

    private IngestServer(Listener listener) {
        this.listener = listener;
    }

    /**
     * Listens.
     *
     * @param topic of the offers, for answers
     * @param search for offers that are known
     * @param port 0 for any free one
     * @throws IOException if the address is unavailable
     * @throws IllegalArgumentException if a key cannot be used, or there is none and the address is not this machine's own
     */
    public static IngestServer start(
            IngestConfig config,
            String topic,
            DataSet data,
            KafkaLink link,
            PlainWriter plain,
            KeyedWriter keyed,
            OfferSearch search,
            InetAddress bind,
            int port)
            throws IOException {
        return start(config, topic, data, link, plain, keyed, search, bind, port, IngestLimits.DEFAULT);
    }

    static IngestServer start(
            IngestConfig config,
            String topic,
            DataSet data,
            KafkaLink link,
            PlainWriter plain,
            KeyedWriter keyed,
            OfferSearch search,
            InetAddress bind,
            int port,
            IngestLimits limits)
            throws IOException {
        ApiKeys keys = new ApiKeys("ingest.keys", config.keys());
        if (keys.isEmpty() && !bind.isLoopbackAddress()) {
            throw new IllegalArgumentException("without ingest.keys anybody who reaches " + bind.getHostAddress()
                    + " could send and delete offers; configure keys, or listen on 127.0.0.1");
        }
        IngestMetrics metrics = new IngestMetrics();
        MemoryBudget memory = new MemoryBudget(limits.memoryBytes());
        RateLimits rates = new RateLimits(config.rate(), System::nanoTime);
        IngestPages pages = new IngestPages(
                link, () -> metrics.families(link.state().up(), memory::taken, plain::bufferedBytes, keyed::kept));
        IngestHandler handler = new IngestHandler(
                new HostNames(bind, config.hostNames()),
                keys,
                rates,
                limits,
                memory,
                link,
                new Writes(topic, data, plain, keyed, rates, metrics),
                search,
                metrics,
                pages);
        Undertow server = Undertow.builder()
                .addHttpListener(
                        port,
                        bind.getHostAddress(),
                        new Bodies(new HttpContinueReadHandler(handler), limits.bodyMillis(), true))
                .setIoThreads(2)
                .setWorkerThreads(limits.atOnce() + limits.keyedAtOnce() + limits.readsAtOnce())
                .setBufferSize(BUFFER)
                .setDirectBuffers(true)
                .setSocketOption(Options.SEND_BUFFER, SEND_BUFFER)
                .setSocketOption(Options.WRITE_TIMEOUT, limits.answerMillis())
                .setSocketOption(Options.CONNECTION_HIGH_WATER, limits.connections())
                .setSocketOption(Options.CONNECTION_LOW_WATER, limits.connections())
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, limits.headerMillis())
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, limits.idleMillis())
                .setServerOption(UndertowOptions.MAX_HEADER_SIZE, MAX_HEADER)
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, (long) DRAINED * limits.bodyBytes())
                .build();
        return new IngestServer(Listener.start(server, bind, port));
    }

    /** {@code http://127.0.0.1:8090/}. */
    public String url() {
        return listener.url();
    }

    public int port() {
        return listener.port();
    }

    @Override
    public void close() {
        listener.close();
    }
}
