package org.offerstorm.formats.avro;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import org.offerstorm.core.mapping.Node;
import org.offerstorm.core.mapping.ValueFormat;
import org.offerstorm.core.parse.Limits;
import org.offerstorm.core.parse.Reason;
import org.offerstorm.core.parse.Refused;
import org.offerstorm.core.parse.SourceUnavailable;

/** Reads values in Avro, in the wire format of a schema registry. One thread; keeps the schemas it has seen. */
public final class AvroValues {
    /** The zero byte and the schema's id. */
    private static final int HEAD = 5;

    private final Schemas schemas;
    private final AvroDecoder decoder = new AvroDecoder();

    /** Connects to nothing before the first value. */
    public AvroValues(ValueFormat.Avro format) {
        this(new Schemas(new RegistryClient(format), InstantSource.system()));
    }

    AvroValues(Schemas schemas) {
        this.schemas = schemas;
    }

    /**
     * The record, an object with the same fields.
     *
     * @param value not null
     * @throws Refused if it cannot be read as a record
     * @throws SourceUnavailable if the registry does not say what its schema is
     */
    public Node read(byte[] value) {
        if (value.length == 0) {
            throw new Refused(Reason.EMPTY_VALUE, "the value is empty; a deletion has a null value");
        }
        if (value.length > Limits.DOCUMENT_BYTES) {
            throw new Refused(
                    Reason.TOO_LARGE, "the value has " + value.length + " bytes; at most " + Limits.DOCUMENT_BYTES);
        }
        if (value[0] != 0) {
            throw new Refused(
                    Reason.BAD_AVRO,
                    "the value does not begin with a zero byte, as a schema registry's serializer writes it"
                            + (value[0] == '{' ? "; it seems to be JSON" : ""));
        }
        if (value.length < HEAD) {
            throw new Refused(
                    Reason.BAD_AVRO,
                    "the value has " + value.length + " bytes; a zero byte and the schema's id alone are " + HEAD);
        }
        int id = ByteBuffer.wrap(value).getInt(1);
        return decoder.read(schemas.get(id), value, HEAD);
    }
}
