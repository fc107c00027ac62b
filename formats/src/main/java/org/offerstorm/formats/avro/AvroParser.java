package org.offerstorm.formats.avro;

import org.offerstorm.core.mapping.MappedParser;
import org.offerstorm.core.mapping.Mapping;
import org.offerstorm.core.mapping.Node;
import org.offerstorm.core.mapping.ValueFormat;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.parse.Keys;
import org.offerstorm.core.parse.ParseResult;
import org.offerstorm.core.parse.ParseResult.Rejected;
import org.offerstorm.core.parse.Reason;
import org.offerstorm.core.parse.RecordParser;
import org.offerstorm.core.parse.Refused;
import org.offerstorm.core.parse.SourceUnavailable;

/**
 * Parses records whose values are Avro: decodes a value, of which a mapping's parser makes the change. Each parsing task has
 * its own; one thread.
 */
public final class AvroParser implements RecordParser {
    private final boolean keyIsId;
    private final MappedParser mapped;
    private final AvroValues values;

    public AvroParser(ValueFormat.Avro format, Mapping mapping) {
        keyIsId = mapping.keyIsId();
        mapped = new MappedParser(mapping);
        values = new AvroValues(format);
    }

    @Override
    public ParseResult parse(SourceRecord record) {
        Node value;
        try {
            if (keyIsId) {
                Keys.id(record.key()); // no need to ask for a schema if it is refused
            }
            value = record.value() == null ? null : values.read(record.value());
        } catch (Refused refused) {
            return refused.result();
        } catch (SourceUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            // A bug. Thrown, it would end the worker, and again at every replay of the record.
            return new Rejected(Reason.PARSER_FAILED, "the parser failed, please report this: " + e);
        }
        return mapped.parse(record, value);
    }

    @Override
    public int unknownFields() {
        return mapped.unknownFields();
    }
}
