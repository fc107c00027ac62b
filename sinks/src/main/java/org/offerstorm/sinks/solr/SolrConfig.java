package org.offerstorm.sinks.solr;

import java.io.Serializable;
import java.time.Duration;
import org.offerstorm.core.tls.Tls;

/**
 * Where offers are searched.
 *
 * @param url base address of the Solr server, {@code http://[user:password@]host:8983/solr}
 * @param core core or collection of the offers
 * @param timeout deadline of one write with all its requests, at most 5 s
 * @param commitWithin after how long a change must be searchable while the stream is calm, 0.1 s to 10 s; under load it
 *     takes longer, up to 10 s
 * @param tls of {@code https://}
 */
public record SolrConfig(String url, String core, Duration timeout, Duration commitWithin, Tls tls)
        implements Serializable {
    /** With what the JVM is set to. */
    public SolrConfig(String url, String core, Duration timeout, Duration commitWithin) {
        this(url, core, timeout, commitWithin, Tls.OF_JAVA);
    }
}
