package org.offerstorm.sinks.withdrawal;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.parse.ParseResult;
import org.offerstorm.core.parse.RecordParser;

/** Which offer a record of the topic is of: its key says so, unless the data set says that the id is in the value. One thread. */
public final class RecordIds {
    /** Null: the keys are the ids. */
    private final RecordParser parser;

    private RecordIds(RecordParser parser) {
        this.parser = parser;
    }

    /** The keys. */
    public static RecordIds ofKeys() {
        return new RecordIds(null);
    }

    /** What {@code parser} reads; a record that it refuses changes no offer, and is of none. */
    public static RecordIds ofValues(RecordParser parser) {
        return new RecordIds(parser);
    }

    /** As the data set says. */
    public static RecordIds of(DataSet dataSet, RecordParser.Factory parser) {
        return areKeys(dataSet) ? ofKeys() : ofValues(parser.create());
    }

    private static boolean areKeys(DataSet dataSet) {
        return dataSet.mapping() == null || dataSet.mapping().keyIsId();
    }

    /** Whether the ids are the keys. Otherwise an id does not say in which partition its records are. */
    public boolean areKeys() {
        return parser == null;
    }

    /**
     * UTF-8; null if it has none.
     *
     * @throws org.offerstorm.core.parse.SourceUnavailable if a server that the parser needs is away
     */
    public byte[] of(ConsumerRecord<byte[], byte[]> record) {
        if (parser == null) {
            return record.key();
        }
        SourcePosition at = new SourcePosition(record.partition(), record.offset(), record.timestamp());
        return parser.parse(new SourceRecord(at, record.key(), record.value())) instanceof ParseResult.Accepted accepted
                ? accepted.change().id().getBytes(StandardCharsets.UTF_8)
                : null;
    }
}
