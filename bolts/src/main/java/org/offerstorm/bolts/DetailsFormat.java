package org.offerstorm.bolts;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.offerstorm.core.model.DataField;
import org.offerstorm.core.model.Details;
import org.offerstorm.core.model.FieldType;
import org.offerstorm.core.model.FieldValue;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.Salary;

/**
 * The details of the offers of one chunk, between two workers. One for each chunk and direction, because it remembers the
 * further fields; one thread.
 *
 * <pre>
 *   one byte that says what follows (0: nothing, which comes back as {@link Details#NONE}), then what is there of
 *     category, url, city, country, remote, salary (min, max, currency, period), valid_through,
 *     fields: number, then for each
 *       field (index into those seen so far; a new one follows in full: name, type, facet), value by its type
 * </pre>
 */
final class DetailsFormat {
    private static final int CATEGORY = 1;
    private static final int URL = 1 << 1;
    private static final int CITY = 1 << 2;
    private static final int COUNTRY = 1 << 3;
    private static final int REMOTE = 1 << 4;
    private static final int SALARY = 1 << 5;
    private static final int VALID_THROUGH = 1 << 6;
    private static final int FIELDS = 1 << 7;

    private final Map<DataField, Integer> written = new HashMap<>();
    private final List<DataField> read = new ArrayList<>();

    void write(Output out, Details details) {
        int there = there(details);
        out.writeByte(there);
        writeText(out, details.category());
        writeText(out, details.url());
        writeText(out, details.city());
        writeText(out, details.country());
        if (details.remote() != null) {
            out.writeBoolean(details.remote());
        }
        if (details.salary() != null) {
            out.writeDouble(details.salary().min());
            out.writeDouble(details.salary().max());
            out.writeString(details.salary().currency());
            out.writeString(details.salary().period());
        }
        if (details.hasValidThrough()) {
            out.writeVarLong(details.validThroughMillis(), false);
        }
        if ((there & FIELDS) != 0) {
            out.writeVarInt(details.fields().size(), true);
            for (FieldValue value : details.fields()) {
                writeField(out, value.field());
                writeValue(out, value);
            }
        }
    }

    Details read(Input in) {
        int there = in.readByte() & 0xFF;
        if (there == 0) {
            return Details.NONE;
        }
        return new Details(
                (there & CATEGORY) == 0 ? null : in.readString(),
                (there & URL) == 0 ? null : in.readString(),
                (there & CITY) == 0 ? null : in.readString(),
                (there & COUNTRY) == 0 ? null : in.readString(),
                (there & REMOTE) == 0 ? null : (Boolean) in.readBoolean(),
                (there & SALARY) == 0
                        ? null
                        : new Salary(in.readDouble(), in.readDouble(), in.readString(), in.readString()),
                (there & VALID_THROUGH) == 0 ? Offer.NO_DATE : in.readVarLong(false),
                (there & FIELDS) == 0 ? List.of() : readFields(in));
    }

    private static int there(Details details) {
        return (details.category() == null ? 0 : CATEGORY)
                | (details.url() == null ? 0 : URL)
                | (details.city() == null ? 0 : CITY)
                | (details.country() == null ? 0 : COUNTRY)
                | (details.remote() == null ? 0 : REMOTE)
                | (details.salary() == null ? 0 : SALARY)
                | (details.hasValidThrough() ? VALID_THROUGH : 0)
                | (details.fields().isEmpty() ? 0 : FIELDS);
    }

    private static void writeText(Output out, String text) {
        if (text != null) {
            out.writeString(text);
        }
    }

    private void writeField(Output out, DataField field) {
        Integer index = written.get(field);
        if (index != null) {
            out.writeVarInt(index, true);
            return;
        }
        out.writeVarInt(written.size(), true);
        written.put(field, written.size());
        out.writeString(field.name());
        out.writeString(field.type().name());
        out.writeBoolean(field.facet());
    }

    private DataField readField(Input in) {
        int index = in.readVarInt(true);
        if (index == read.size()) {
            read.add(new DataField(in.readString(), FieldType.valueOf(in.readString()), in.readBoolean()));
        }
        return read.get(index);
    }

    private static void writeValue(Output out, FieldValue value) {
        switch (value.field().type()) {
            case TEXT, KEYWORD -> out.writeString((String) value.value());
            case KEYWORDS -> {
                List<?> words = (List<?>) value.value();
                out.writeVarInt(words.size(), true);
                for (Object word : words) {
                    out.writeString((String) word);
                }
            }
            case INTEGER, DATE -> out.writeVarLong((Long) value.value(), false);
            case DECIMAL -> out.writeDouble((Double) value.value());
            case BOOLEAN -> out.writeBoolean((Boolean) value.value());
        }
    }

    private List<FieldValue> readFields(Input in) {
        FieldValue[] values = new FieldValue[in.readVarInt(true)];
        for (int i = 0; i < values.length; i++) {
            DataField field = readField(in);
            values[i] = new FieldValue(field, readValue(in, field.type()));
        }
        return List.of(values);
    }

    private static Object readValue(Input in, FieldType type) {
        return switch (type) {
            case TEXT, KEYWORD -> in.readString();
            case KEYWORDS -> {
                String[] words = new String[in.readVarInt(true)];
                for (int i = 0; i < words.length; i++) {
                    words[i] = in.readString();
                }
                yield List.of(words);
            }
            case INTEGER, DATE -> (Object) in.readVarLong(false);
            case DECIMAL -> (Object) in.readDouble();
            case BOOLEAN -> (Object) in.readBoolean();
        };
    }
}
