package org.offerstorm.sinks.hdfs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.Utf8;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Delete;
import org.offerstorm.core.model.Details;
import org.offerstorm.core.model.FieldValue;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.Salary;
import org.offerstorm.core.model.Upsert;

/**
 * Encodes changes as rows of {@link OfferSchema#SCHEMA}, field by field in its order: no record is built, and no branch of a
 * union is looked for. Reused for all rows; one thread.
 */
final class RowEncoder {
    private static final int UPSERT = 0;
    private static final int DELETE = 1;
    /** Branches of an optional field. */
    private static final int ABSENT = 0;

    private static final int PRESENT = 1;
    /** Fields behind {@code id}; a deletion has none of them. */
    private static final int OPTIONAL_FIELDS = OfferSchema.SCHEMA.getFields().size()
            - 1
            - OfferSchema.SCHEMA.getField("id").pos();

    private static final int SALARY_FIELDS = 4;

    private static final int USUAL_BYTES = 1 << 10;
    private static final Map<Continent, Utf8> CONTINENTS = new EnumMap<>(Continent.class);

    static {
        for (Continent continent : Continent.values()) {
            CONTINENTS.put(continent, new Utf8(continent.name()));
        }
    }

    private final Bytes bytes = new Bytes();
    private final BinaryEncoder to = EncoderFactory.get().binaryEncoder(bytes, null);

    /**
     * One row, valid until the next call.
     *
     * @throws IllegalArgumentException if an upsert was not classified
     */
    ByteBuffer encode(int epoch, Change change) {
        bytes.reset();
        try {
            to.writeInt(epoch);
            to.writeInt(change.position().partition());
            to.writeLong(change.position().offset());
            to.writeLong(change.position().timestampMillis());
            to.writeEnum(change instanceof Delete ? DELETE : UPSERT);
            to.writeString(change.id());
            if (change instanceof Upsert upsert) {
                encode(upsert);
            } else {
                absent(OPTIONAL_FIELDS);
            }
            to.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("in memory, where none can occur", e);
        }
        return bytes.written();
    }

    private void encode(Upsert upsert) throws IOException {
        if (upsert.cell() == null) {
            throw new IllegalArgumentException(
                    "offer '" + upsert.id() + "' has no cell; the classifying bolt comes before the sinks");
        }
        Offer offer = upsert.offer();
        to.writeIndex(PRESENT);
        to.writeString(CONTINENTS.get(upsert.cell().continent()));
        text(upsert.cell().category());
        number(offer.hasProfession(), offer.professionId());
        text(offer.contractType());
        text(offer.name());
        decimal(offer.hasLocation(), offer.latitude());
        decimal(offer.hasLocation(), offer.longitude());
        text(offer.company());
        text(offer.description());
        number(offer.hasPublishedAt(), offer.publishedAtMillis());
        encode(offer.details());
    }

    private void encode(Details details) throws IOException {
        text(details.url());
        if (details.salary() == null) {
            absent(SALARY_FIELDS);
        } else {
            encode(details.salary());
        }
        text(details.city());
        text(details.country());
        to.writeIndex(details.remote() == null ? ABSENT : PRESENT);
        if (details.remote() != null) {
            to.writeBoolean(details.remote());
        }
        number(details.hasValidThrough(), details.validThroughMillis());
        encode(details.fields());
    }

    private void encode(Salary salary) throws IOException {
        decimal(salary.hasMin(), salary.min());
        decimal(salary.hasMax(), salary.max());
        text(salary.currency());
        text(salary.period());
    }

    private void encode(List<FieldValue> fields) throws IOException {
        to.writeIndex(fields.isEmpty() ? ABSENT : PRESENT);
        if (!fields.isEmpty()) {
            to.writeMapStart();
            to.setItemCount(fields.size());
            for (FieldValue field : fields) {
                to.startItem();
                to.writeString(field.field().name());
                to.writeString(FieldText.of(field));
            }
            to.writeMapEnd();
        }
    }

    private void absent(int fields) throws IOException {
        for (int i = 0; i < fields; i++) {
            to.writeIndex(ABSENT);
        }
    }

    private void text(String value) throws IOException {
        to.writeIndex(value == null ? ABSENT : PRESENT);
        if (value != null) {
            to.writeString(value);
        }
    }

    private void number(boolean present, long value) throws IOException {
        to.writeIndex(present ? PRESENT : ABSENT);
        if (present) {
            to.writeLong(value);
        }
    }

    private void decimal(boolean present, double value) throws IOException {
        to.writeIndex(present ? PRESENT : ABSENT);
        if (present) {
            to.writeDouble(value);
        }
    }

    /** Shows what was written without a copy. */
    private static final class Bytes extends ByteArrayOutputStream {
        Bytes() {
            super(USUAL_BYTES);
        }

        ByteBuffer written() {
            return ByteBuffer.wrap(buf, 0, count);
        }
    }
}
