package org.offerstorm.sinks.postgres;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Details;
import org.offerstorm.core.model.FieldValue;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.Salary;
import org.offerstorm.core.model.Upsert;

/**
 * Rows of {@code staged_versions} in PostgreSQL's binary format of COPY: nothing of an offer is ever parsed as SQL, and nothing
 * needs to be escaped. The buffer is used again for the next chunk. Used by one thread.
 */
final class CopyRows {
    private static final byte[] SIGNATURE = {
        'P',
        'G',
        'C',
        'O',
        'P',
        'Y',
        '\n',
        (byte) 0xff,
        '\r',
        '\n',
        0, // then flags, and the length of an extension
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0
    };
    private static final int FIELDS = 35;
    private static final int NULL = -1;
    private static final byte JSONB_VERSION = 1;
    /** A larger buffer is given back to the garbage collector. */
    private static final int KEPT_BYTES = 8 << 20;

    private byte[] buffer = new byte[1 << 16];
    private int length;

    /** Encodes the rows; see {@link #bytes} and {@link #length}. */
    void encode(int epoch, List<VersionRow> rows) {
        length = 0;
        if (buffer.length > KEPT_BYTES) {
            buffer = new byte[1 << 16];
        }
        raw(SIGNATURE);
        for (VersionRow row : rows) {
            row(epoch, row);
        }
        int16(-1); // no more rows
    }

    byte[] bytes() {
        return buffer;
    }

    int length() {
        return length;
    }

    private void row(int epoch, VersionRow row) {
        Change change = row.change();
        long millis = change.position().timestampMillis();
        int16(FIELDS);
        text(change.id());
        int4(epoch);
        int4(change.position().partition());
        int8(change.position().offset());
        bool(!(change instanceof Upsert));
        time(millis == VersionTime.NONE_MILLIS ? null : (Long) row.validFrom());
        time(row.validFrom());
        time(row.validTo());
        bool(row.isCurrent());
        bool(row.isLate());
        bool(row.isNewest());
        StoredVersion closes = row.closes();
        if (closes == null) {
            nulls(4);
        } else {
            int4(closes.epoch());
            int8(closes.offset());
            time(closes.validFrom());
            time(row.closesAt());
        }
        if (change instanceof Upsert upsert) {
            offer(upsert);
        } else {
            nulls(20);
        }
    }

    private void offer(Upsert upsert) {
        Offer offer = upsert.offer();
        text(upsert.cell().continent().name());
        text(upsert.cell().category());
        if (offer.hasProfession()) {
            int8(offer.professionId());
        } else {
            nulls(1);
        }
        text(offer.contractType());
        text(offer.name());
        float8(offer.latitude());
        float8(offer.longitude());
        text(offer.company());
        text(offer.description());
        date(offer.publishedAtMillis());
        Details details = offer.details();
        text(details.url());
        text(details.city());
        text(details.country());
        if (details.remote() == null) {
            nulls(1);
        } else {
            bool(details.remote());
        }
        Salary salary = details.salary();
        if (salary == null) {
            nulls(4);
        } else {
            float8(salary.min());
            float8(salary.max());
            text(salary.currency());
            text(salary.period());
        }
        date(details.validThroughMillis());
        fields(details.fields());
    }

    private void fields(List<FieldValue> fields) {
        if (fields.isEmpty()) {
            nulls(1);
            return;
        }
        StringBuilder json = new StringBuilder("{");
        for (FieldValue field : fields) {
            json.append(json.length() == 1 ? "\"" : ",\"")
                    .append(field.field().name())
                    .append("\":");
            Object value = field.value();
            switch (field.field().type()) {
                case TEXT, KEYWORD -> quote((String) value, json);
                case KEYWORDS -> quote((List<?>) value, json);
                case INTEGER, BOOLEAN -> json.append(value);
                case DECIMAL -> json.append(decimal((Double) value));
                case DATE ->
                    json.append('"').append(Instant.ofEpochMilli((Long) value)).append('"');
            }
        }
        byte[] bytes = json.append('}').toString().getBytes(StandardCharsets.UTF_8);
        int4Raw(bytes.length + 1);
        room(1);
        buffer[length++] = JSONB_VERSION;
        raw(bytes);
    }

    /** Always with a fraction, which jsonb keeps: a reader can tell it from a whole number. */
    private static String decimal(double value) {
        BigDecimal exact = new BigDecimal(Double.toString(value));
        return exact.setScale(Math.max(1, exact.scale())).toPlainString();
    }

    private static void quote(List<?> words, StringBuilder to) {
        to.append('[');
        for (int i = 0; i < words.size(); i++) {
            if (i > 0) {
                to.append(',');
            }
            quote((String) words.get(i), to);
        }
        to.append(']');
    }

    private static void quote(String text, StringBuilder to) {
        to.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, to);
        to.append('"');
    }

    private void text(String text) {
        if (text == null) {
            nulls(1);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int4Raw(bytes.length);
        raw(bytes);
    }

    private void date(long millis) {
        if (millis == Offer.NO_DATE) {
            nulls(1);
        } else {
            int8(VersionTime.date(millis));
        }
    }

    private void time(Long time) {
        if (time == null) {
            nulls(1);
        } else {
            int8(time);
        }
    }

    private void float8(double value) {
        if (Double.isNaN(value)) { // absent
            nulls(1);
        } else {
            int8(Double.doubleToRawLongBits(value));
        }
    }

    private void bool(boolean value) {
        int4Raw(1);
        room(1);
        buffer[length++] = (byte) (value ? 1 : 0);
    }

    private void int4(int value) {
        int4Raw(4);
        int4Raw(value);
    }

    private void int8(long value) {
        int4Raw(8);
        int4Raw((int) (value >>> 32));
        int4Raw((int) value);
    }

    private void nulls(int fields) {
        for (int i = 0; i < fields; i++) {
            int4Raw(NULL);
        }
    }

    private void int16(int value) {
        room(2);
        buffer[length++] = (byte) (value >>> 8);
        buffer[length++] = (byte) value;
    }

    private void int4Raw(int value) {
        room(4);
        buffer[length++] = (byte) (value >>> 24);
        buffer[length++] = (byte) (value >>> 16);
        buffer[length++] = (byte) (value >>> 8);
        buffer[length++] = (byte) value;
    }

    private void raw(byte[] bytes) {
        room(bytes.length);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
    }

    private void room(int bytes) {
        if (length + bytes > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + bytes));
        }
    }
}
