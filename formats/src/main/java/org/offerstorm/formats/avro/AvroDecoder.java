package org.offerstorm.formats.avro;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.offerstorm.core.mapping.Node;
import org.offerstorm.core.parse.Limits;
import org.offerstorm.core.parse.Reason;
import org.offerstorm.core.parse.Refused;
import org.offerstorm.core.text.Quote;

/**
 * Reads a record in Avro's binary encoding: records and maps are objects, enums are texts, the value of a union is without
 * its type, dates and times are texts in ISO 8601, decimals are numbers. Bytes that have no logical type are an object with
 * their number, {@code {"bytes": 12}}, which no rule takes for a text. One thread; reused for every record.
 */
final class AvroDecoder {
    /** Most bytes of a decimal's digits: some 64 digits. */
    private static final int DECIMAL_BYTES = 27;

    private static final long MILLIS = 1_000;
    private static final long MICROS = 1_000_000;
    private static final long NANOS = 1_000_000_000;
    private static final int UUID_BYTES = 16;

    private AvroCursor in;
    private int tokens;

    /**
     * The record in {@code value} from {@code start} to its end.
     *
     * @param schema a record's
     * @throws Refused if the bytes do not fit the schema, or a limit is exceeded
     */
    Node read(Schema schema, byte[] value, int start) {
        in = new AvroCursor(value, start);
        tokens = 0;
        Node record = value(schema, 0, "");
        if (in.remaining() > 0) {
            throw new Refused(
                    Reason.TRAILING_DATA, "the record ends " + in.remaining() + " bytes before the value does");
        }
        return record;
    }

    private Node value(Schema schema, int depth, String field) {
        return switch (schema.getType()) {
            case RECORD -> record(schema, depth, field);
            case ARRAY -> array(schema.getElementType(), depth, field);
            case MAP -> map(schema.getValueType(), depth, field);
            case UNION -> {
                List<Schema> types = schema.getTypes();
                yield value(types.get(in.index(types.size(), field)), depth, field);
            }
            default -> {
                token();
                yield scalar(schema, field);
            }
        };
    }

    private Node record(Schema schema, int depth, String field) {
        open(depth, field);
        List<Schema.Field> fields = schema.getFields();
        Map<String, Node> values = new LinkedHashMap<>();
        for (Schema.Field each : fields) {
            token(); // its name
            values.put(each.name(), value(each.schema(), depth + 1, each.name()));
        }
        return new Node.Fields(values);
    }

    private Node array(Schema type, int depth, String field) {
        open(depth, field);
        List<Node> values = new ArrayList<>();
        for (long left = block(field); left > 0; left = block(field)) {
            for (; left > 0; left--) {
                values.add(value(type, depth + 1, field));
            }
        }
        return new Node.Items(values);
    }

    private Node map(Schema type, int depth, String field) {
        open(depth, field);
        Map<String, Node> values = new LinkedHashMap<>();
        for (long left = block(field); left > 0; left = block(field)) {
            for (; left > 0; left--) {
                token(); // its key
                String key = in.mapKey(field);
                boolean repeated = values.containsKey(key);
                values.put(key, value(type, depth + 1, field));
                if (repeated) {
                    throw new Refused(
                            Reason.DUPLICATE_FIELD, "a map has the key " + Quote.of(key) + " twice" + at(field));
                }
            }
        }
        return new Node.Fields(values);
    }

    private void open(int depth, String field) {
        if (depth >= Limits.DEPTH) {
            throw new Refused(Reason.TOO_DEEP, "nested deeper than " + Limits.DEPTH + at(field));
        }
        token(); // both brackets
        token();
    }

    /** Items of the next block. They may have no bytes, so their number is bounded by the tokens that they need at least. */
    private long block(String field) {
        long items = in.blockCount(field);
        if (items > Limits.TOKENS - tokens) {
            throw tooMany();
        }
        return items;
    }

    private void token() {
        if (++tokens > Limits.TOKENS) {
            throw tooMany();
        }
    }

    private static Refused tooMany() {
        return new Refused(Reason.TOO_MANY_TOKENS, "more than " + Limits.TOKENS + " names, values and brackets");
    }

    private Node scalar(Schema schema, String field) {
        LogicalType logical = schema.getLogicalType();
        return switch (schema.getType()) {
            case NULL -> null;
            case BOOLEAN -> Node.of(in.bool(field));
            case INT -> integer(in.integer(field), logical, field);
            case LONG -> number(in.number(field), logical, field);
            case FLOAT -> {
                // By its own shortest text: 48.86, not 48.86000061035156.
                float number = in.float32(field);
                String written = Float.toString(number);
                yield Float.isFinite(number) ? new Node.Num(written) : Node.of(written);
            }
            case DOUBLE -> Node.of(in.float64(field));
            case STRING -> {
                int length = in.text(field);
                yield Node.of(new String(in.bytes(), in.take(length), length, StandardCharsets.UTF_8));
            }
            case ENUM -> {
                List<String> symbols = schema.getEnumSymbols();
                yield Node.of(symbols.get(in.index(symbols.size(), field)));
            }
            case BYTES -> bytes(in.length(field), logical, field);
            case FIXED -> {
                int length = schema.getFixedSize();
                in.need(length, field);
                yield bytes(length, logical, field);
            }
            default -> throw new IllegalStateException("a type that Avro does not have: " + schema.getType());
        };
    }

    private static Node integer(int number, LogicalType logical, String field) {
        if (logical instanceof LogicalTypes.Date) {
            return Node.of(LocalDate.ofEpochDay(number).toString());
        }
        return logical instanceof LogicalTypes.TimeMillis ? time(number, MILLIS, field) : Node.of(number);
    }

    private static Node number(long number, LogicalType logical, String field) {
        if (logical instanceof LogicalTypes.TimestampMillis) {
            return Node.of(instant(number, MILLIS).toString());
        } else if (logical instanceof LogicalTypes.TimestampMicros) {
            return Node.of(instant(number, MICROS).toString());
        } else if (logical instanceof LogicalTypes.TimestampNanos) {
            return Node.of(instant(number, NANOS).toString());
        } else if (logical instanceof LogicalTypes.LocalTimestampMillis) {
            return local(number, MILLIS);
        } else if (logical instanceof LogicalTypes.LocalTimestampMicros) {
            return local(number, MICROS);
        } else if (logical instanceof LogicalTypes.LocalTimestampNanos) {
            return local(number, NANOS);
        }
        return logical instanceof LogicalTypes.TimeMicros ? time(number, MICROS, field) : Node.of(number);
    }

    private static Instant instant(long number, long perSecond) {
        return Instant.ofEpochSecond(
                Math.floorDiv(number, perSecond), Math.floorMod(number, perSecond) * (NANOS / perSecond));
    }

    /** A time without zone: the mapping's holds. */
    private static Node local(long number, long perSecond) {
        return Node.of(LocalDateTime.ofInstant(instant(number, perSecond), ZoneOffset.UTC)
                .toString());
    }

    private static Node time(long number, long perSecond, String field) {
        if (number < 0 || number >= 86_400L * perSecond) {
            throw new Refused(Reason.BAD_AVRO, "a time is not within a day" + at(field));
        }
        return Node.of(LocalTime.ofNanoOfDay(number * (NANOS / perSecond)).toString());
    }

    /** @param length of bytes that are all there */
    private Node bytes(int length, LogicalType logical, String field) {
        if (logical instanceof LogicalTypes.Decimal decimal) {
            return decimal(length, decimal.getScale(), field);
        }
        if (length == UUID_BYTES && logical != null && logical.getName().equals("uuid")) {
            return Node.of(new UUID(in.bigEndian(), in.bigEndian()).toString());
        }
        in.take(length);
        return new Node.Fields(Map.of("bytes", Node.of(length)));
    }

    private Node decimal(int length, int scale, String field) {
        if (length == 0) {
            throw new Refused(Reason.BAD_AVRO, "a decimal has no bytes" + at(field));
        }
        byte[] bytes = in.bytes();
        int from = in.take(length);
        int to = from + length;
        int sign = bytes[from] < 0 ? -1 : 0;
        while (from < to - 1 && bytes[from] == sign && (bytes[from + 1] < 0 ? -1 : 0) == sign) {
            from++; // a fixed decimal of many bytes is mostly sign
        }
        if (to - from > DECIMAL_BYTES || scale > Limits.NUMBER_CHARACTERS) {
            throw tooLong(field);
        }
        String written = new BigDecimal(new BigInteger(Arrays.copyOfRange(bytes, from, to)), scale).toPlainString();
        if (written.length() > Limits.NUMBER_CHARACTERS) {
            throw tooLong(field);
        }
        return new Node.Num(written);
    }

    private static Refused tooLong(String field) {
        return new Refused(
                Reason.NUMBER_TOO_LONG,
                "a decimal has more than " + Limits.NUMBER_CHARACTERS + " characters" + at(field));
    }

    /** Where, for a message: the name of the field, if there is one. */
    static String at(String field) {
        return field.isEmpty() ? "" : " (field " + Quote.of(field) + ")";
    }
}
