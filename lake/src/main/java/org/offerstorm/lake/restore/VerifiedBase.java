package org.offerstorm.lake.restore;

import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.offerstorm.lake.batch.OfferColumns;
import org.offerstorm.lake.batch.OffsetVector;
import org.offerstorm.lake.batch.Tables;
import org.offerstorm.sinks.hdfs.HdfsConfig;
import org.offerstorm.sinks.hdfs.OfferBase;
import org.offerstorm.sinks.hdfs.StagedLog;

/**
 * Copies the newest version of each offer, as it was when the lake was verified, to the file with which {@code verify} begins
 * when the topic does not have its records any more. One thread.
 */
public final class VerifiedBase {
    private static final Schema SCHEMA = StagedLog.schema();

    private final SparkSession spark;
    private final String open;

    /** @param snapshot of the history */
    public VerifiedBase(SparkSession spark, long snapshot) {
        this.spark = spark;
        this.open =
                " FROM " + Tables.qualified(Tables.HISTORY) + " VERSION AS OF " + snapshot + " WHERE valid_to IS NULL";
    }

    /**
     * Writes it in place of the former one. Reads one partition of Spark's at a time.
     *
     * @param stream whose offsets these are
     * @param verified what the snapshot holds
     * @param directory where, a path in HDFS
     * @return number of offers
     * @throws IOException if HDFS cannot be written to; the former one is as it was
     */
    public long write(StagedLog.Stream stream, OffsetVector verified, HdfsConfig hdfs, String directory)
            throws IOException {
        long rows = spark.sql("SELECT count(*)" + open).head().getLong(0);
        Iterator<Row> offers = spark.sql("SELECT " + columns() + open).toLocalIterator();
        OfferBase.write(
                hdfs,
                directory,
                new OfferBase.Cut(stream.topicId(), stream.epoch(), verified.next(), rows),
                new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return offers.hasNext();
                    }

                    @Override
                    public GenericRecord next() {
                        return record(offers.next());
                    }
                });
        return rows;
    }

    private static String columns() {
        return OfferColumns.types().entrySet().stream()
                .map(VerifiedBase::column)
                .collect(Collectors.joining(", "));
    }

    private static String column(Map.Entry<String, DataType> column) {
        return column.getValue().equals(DataTypes.TimestampType)
                ? "unix_millis(" + column.getKey() + ") AS " + column.getKey()
                : column.getKey();
    }

    private static GenericRecord record(Row row) {
        GenericRecord record = new GenericData.Record(SCHEMA);
        for (Schema.Field field : SCHEMA.getFields()) {
            record.put(field.pos(), value(field.schema(), row, row.fieldIndex(field.name())));
        }
        return record;
    }

    private static Object value(Schema schema, Row row, int at) {
        if (row.isNullAt(at)) {
            return null;
        }
        if (row.schema().fields()[at].dataType() instanceof MapType) {
            return row.getJavaMap(at);
        }
        return schema.getType() == Schema.Type.ENUM
                ? new GenericData.EnumSymbol(schema, row.getString(at))
                : row.get(at);
    }
}
