package org.offerstorm.tools.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.parse.ParseResult;
import org.offerstorm.core.parse.RecordParser;
import org.offerstorm.formats.RecordParsers;
import org.offerstorm.sinks.solr.Solr;
import org.offerstorm.sinks.solr.SolrRefusals;

/** Asks Solr whether it refuses the records of which dead letters say that it did. One thread. */
final class SolrLetters {
    /** So many are asked for; each costs Solr an fsync. */
    static final int MOST = 1_000;

    private final Examples examples;
    private final RecordParser parser;
    /** Null if Solr is not one of the sinks, and cannot be asked. */
    private final SolrRefusals refusals;

    private long asked;
    private long unasked;

    /** Connects to nothing. */
    SolrLetters(OfferstormConfig config, DataSet data, Examples examples) {
        this.examples = examples;
        this.parser = RecordParsers.of(data).create();
        this.refusals = config.sinks().contains(Solr.KIND) ? new SolrRefusals(config.of(Solr.KIND)) : null;
    }

    /** Whether Solr takes the sound record at this position, so that no letter of its stage is right. */
    boolean isTaken(int partition, long offset) {
        if (refusals == null) {
            return false;
        }
        if (asked == MOST) {
            unasked++;
            return false;
        }
        asked++;
        ConsumerRecord<byte[], byte[]> record = examples.record(partition, offset);
        if (record == null) {
            return false;
        }
        SourcePosition at = new SourcePosition(partition, offset, record.timestamp());
        try {
            return parser.parse(new SourceRecord(at, record.key(), record.value()))
                            instanceof ParseResult.Accepted accepted
                    && !refusals.refuses(accepted.change());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Letters for which Solr was not asked, being too many. */
    long unasked() {
        return unasked;
    }
}
