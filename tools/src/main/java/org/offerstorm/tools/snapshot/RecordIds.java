package org.offerstorm.tools.snapshot;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.parse.ParseResult;
import org.offerstorm.core.parse.RecordParser;
import org.offerstorm.formats.RecordParsers;

/** The id of the offer that a record is of. One thread. */
@FunctionalInterface
interface RecordIds {
    /** UTF-8; null if it has none. */
    byte[] of(ConsumerRecord<byte[], byte[]> record);

    /** The key, unless the data set says that the id is in the value. */
    static RecordIds of(DataSet dataSet) {
        if (dataSet.mapping() == null || dataSet.mapping().keyIsId()) {
            return ConsumerRecord::key;
        }
        RecordParser parser = RecordParsers.of(dataSet).create();
        return record -> {
            SourcePosition at = new SourcePosition(record.partition(), record.offset(), record.timestamp());
            return parser.parse(new SourceRecord(at, record.key(), record.value()))
                            instanceof ParseResult.Accepted accepted
                    ? accepted.change().id().getBytes(StandardCharsets.UTF_8)
                    : null;
        };
    }
}
