package org.offerstorm.lake.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.offerstorm.sinks.hdfs.StagedLog;
import scala.jdk.javaapi.CollectionConverters;

/** The columns of the staged rows: those of {@code conf/offer.avsc}, in Spark's types and in its order. */
public final class OfferColumns {
    /** Dates that every engine can show; a record's own timestamp may be any number. */
    private static final long FIRST_MILLIS = -62_135_596_800_000L;

    private static final long LAST_MILLIS = 253_402_300_799_999L;
    private static final long MICROS = 1_000;

    private static final List<Column> ALL = columns(StagedLog.schema());

    static final int EPOCH = position("epoch");
    static final int PARTITION = position("partition");
    static final int OFFSET = position("offset");

    /** How a column's values come out of Avro. */
    private enum Kind {
        PLAIN,
        TEXT,
        TIME,
        TEXTS
    }

    private record Column(String name, DataType type, Kind kind, boolean optional) implements Serializable {}

    private OfferColumns() {}

    /** Names, separated by commas. */
    public static String names() {
        return ALL.stream().map(Column::name).collect(Collectors.joining(", "));
    }

    /** The same, of a table that a query calls so. */
    static String names(String alias) {
        return ALL.stream().map(column -> alias + "." + column.name()).collect(Collectors.joining(", "));
    }

    /** Column names and types, as {@code CREATE TABLE} has them. */
    public static String ddl() {
        return ALL.stream()
                .map(column -> column.name() + " " + column.type().sql() + (column.optional() ? "" : " NOT NULL"))
                .collect(Collectors.joining(", "));
    }

    /** Name and Spark's type of each column, in order. */
    public static Map<String, DataType> types() {
        Map<String, DataType> types = new LinkedHashMap<>();
        ALL.forEach(column -> types.put(column.name(), column.type()));
        return types;
    }

    /** The form in which {@link #row} gives rows: texts are bytes and times are microseconds, which need no conversion. */
    static StructType rawType() {
        return DataTypes.createStructType(ALL.stream()
                .map(column -> DataTypes.createStructField(column.name(), raw(column), column.optional()))
                .toArray(StructField[]::new));
    }

    /** The select list that makes {@link #rawType} what {@link #types} says. */
    static String[] fromRaw() {
        return ALL.stream()
                .map(column -> switch (column.kind()) {
                    case TEXT -> "CAST(" + column.name() + " AS STRING) AS " + column.name();
                    case TIME -> "timestamp_micros(" + column.name() + ") AS " + column.name();
                    case PLAIN, TEXTS -> column.name();
                })
                .toArray(String[]::new);
    }

    /** One row in the form of {@link #rawType}. */
    static Row row(GenericRecord record) {
        Object[] values = new Object[ALL.size()];
        for (int i = 0; i < values.length; i++) {
            Object value = record.get(i);
            values[i] = value == null ? null : value(ALL.get(i).kind(), value);
        }
        return RowFactory.create(values);
    }

    private static Object value(Kind kind, Object value) {
        return switch (kind) {
            case PLAIN -> value;
            case TEXT ->
                value instanceof Utf8 text
                        ? Arrays.copyOf(text.getBytes(), text.getByteLength())
                        : value.toString().getBytes(UTF_8);
            case TIME -> Math.max(FIRST_MILLIS, Math.min(LAST_MILLIS, (Long) value)) * MICROS;
            case TEXTS -> {
                Map<String, String> texts = new HashMap<>();
                ((Map<?, ?>) value).forEach((name, text) -> texts.put(name.toString(), text.toString()));
                yield CollectionConverters.asScala(texts);
            }
        };
    }

    private static DataType raw(Column column) {
        return switch (column.kind()) {
            case TEXT -> DataTypes.BinaryType;
            case TIME -> DataTypes.LongType;
            case PLAIN, TEXTS -> column.type();
        };
    }

    private static int position(String field) {
        return StagedLog.schema().getField(field).pos();
    }

    private static List<Column> columns(Schema schema) {
        List<Column> columns = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            Schema type = field.schema();
            boolean optional = type.isUnion();
            if (optional) {
                type = type.getTypes().get(1);
            }
            columns.add(column(field.name(), type, optional));
        }
        return List.copyOf(columns);
    }

    private static Column column(String name, Schema type, boolean optional) {
        return switch (type.getType()) {
            case STRING, ENUM -> new Column(name, DataTypes.StringType, Kind.TEXT, optional);
            case INT -> new Column(name, DataTypes.IntegerType, Kind.PLAIN, optional);
            case LONG ->
                type.getLogicalType() instanceof LogicalTypes.TimestampMillis
                        ? new Column(name, DataTypes.TimestampType, Kind.TIME, optional)
                        : new Column(name, DataTypes.LongType, Kind.PLAIN, optional);
            case DOUBLE -> new Column(name, DataTypes.DoubleType, Kind.PLAIN, optional);
            case BOOLEAN -> new Column(name, DataTypes.BooleanType, Kind.PLAIN, optional);
            case MAP ->
                new Column(
                        name,
                        DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType, true),
                        Kind.TEXTS,
                        optional);
            default ->
                throw new IllegalStateException(
                        "conf/offer.avsc: the lake knows no column of type " + type + " (field " + name + ")");
        };
    }
}
