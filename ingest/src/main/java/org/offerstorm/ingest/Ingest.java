package org.offerstorm.ingest;

import java.io.IOException;
import java.net.InetAddress;
import java.time.InstantSource;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.dashboard.search.OfferSearch;
import org.offerstorm.ingest.kafka.KafkaLink;
import org.offerstorm.ingest.kafka.KeyedWriter;
import org.offerstorm.ingest.kafka.PlainWriter;
import org.offerstorm.ingest.offers.OfferCheck;
import org.offerstorm.ingest.web.IngestServer;
import org.offerstorm.sinks.solr.Solr;

/** Offers over HTTP into the topic: the writers and the web server in front of them. Any thread may close it. */
public final class Ingest implements AutoCloseable {
    private final KafkaLink link;
    private final PlainWriter plain;
    private final KeyedWriter keyed;
    private final IngestServer server;

    private Ingest(KafkaLink link, PlainWriter plain, KeyedWriter keyed, IngestServer server) {
        this.link = link;
        this.plain = plain;
        this.keyed = keyed;
        this.server = server;
    }

    /**
     * Starts it. Kafka and Solr may start later; until then requests are answered with 503.
     *
     * @param data how items become offers, as in the topology
     * @param port 0 for any free one
     * @throws IOException if the address is unavailable
     * @throws IllegalArgumentException if the configuration cannot be used, with what to do
     * @throws org.apache.kafka.common.KafkaException if no client of Kafka can be made of it
     */
    public static Ingest start(OfferstormConfig config, DataSet data, InetAddress bind, int port) throws IOException {
        String problem = OfferCheck.problem(data);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        OfferSearch search = new OfferSearch(config.of(Solr.KIND), data, InstantSource.system());
        KafkaLink link = KafkaLink.start(config.source());
        PlainWriter plain = null;
        KeyedWriter keyed = null;
        IngestServer server = null;
        try {
            plain = new PlainWriter(config.source(), link);
            keyed = KeyedWriter.start(config.source(), link);
            server = IngestServer.start(
                    config.ingest(), config.source().topic(), data, link, plain, keyed, search, bind, port);
            return new Ingest(link, plain, keyed, server);
        } finally {
            if (server == null) {
                close(link, plain, keyed);
            }
        }
    }

    /** {@code http://127.0.0.1:8090/}. */
    public String url() {
        return server.url();
    }

    public int port() {
        return server.port();
    }

    /** Stops listening; requests that wait for Kafka are answered or cut off. */
    @Override
    public void close() {
        server.close();
        close(link, plain, keyed);
    }

    private static void close(KafkaLink link, PlainWriter plain, KeyedWriter keyed) {
        link.close();
        if (keyed != null) {
            keyed.close();
        }
        if (plain != null) {
            plain.close();
        }
    }
}
