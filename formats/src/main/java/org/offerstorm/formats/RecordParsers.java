package org.offerstorm.formats;

import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.mapping.Mapping;
import org.offerstorm.core.mapping.ValueFormat;
import org.offerstorm.core.parse.RecordParser;
import org.offerstorm.formats.avro.AvroParser;

/** Makes the parsers of a data set's records. Stateless. */
public final class RecordParsers {
    private RecordParsers() {}

    /** The factory travels in the serialized topology, and resolves no secret. */
    public static RecordParser.Factory of(DataSet dataSet) {
        Mapping mapping = dataSet.mapping();
        if (mapping != null && mapping.value() instanceof ValueFormat.Avro avro) {
            return () -> new AvroParser(avro, mapping);
        }
        return dataSet.parser();
    }
}
