package org.offerstorm.lake.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.deletes.PositionDelete;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The files of the open rows of one snapshot: what is in them, and how some rows are taken out without any other row being
 * written. SQL's MERGE would read all columns of all open rows one row at a time, because one column is a map.
 */
final class OpenRows {
    /** A row's file, without its directory. */
    static final String FILE = "file";
    /** A row's number in its file. */
    static final String POSITION = "position";

    private static final String FIELD_ID = "parquet.field.id";

    private final SparkSession spark;
    private final Table table;
    private final Snapshot base;
    private final Map<String, String> locations;

    /** @param base where the branch of the run begins */
    OpenRows(SparkSession spark, Table table, Snapshot base) throws IOException {
        this.spark = spark;
        this.table = table;
        this.base = base;
        this.locations = locations();
    }

    /**
     * All rows of the files, whole, with {@link #FILE} and {@link #POSITION}; also those that were taken out before. Spark's
     * own reader decodes maps by column too, which Iceberg's does not.
     */
    Dataset<Row> all() {
        return spark.read()
                .schema(schema())
                .option("datetimeRebaseMode", "CORRECTED")
                .option("recursiveFileLookup", "true") // no columns from names of directories
                .option("__globPaths__", "false")
                .parquet(locations.values().toArray(String[]::new))
                .selectExpr("*", "_metadata.file_name AS " + FILE, "_metadata.row_index AS " + POSITION);
    }

    /**
     * Takes rows out: one file that lists them, and one commit.
     *
     * @param rows with {@link #FILE} and {@link #POSITION}; at least one
     * @param properties of the snapshot
     * @throws Overtaken if another run has published, or dropped the branch
     */
    void remove(Dataset<Row> rows, String branch, Map<String, String> properties) throws IOException, Overtaken {
        SortedMap<String, LongStream.Builder> positions = new TreeMap<>();
        Iterator<Row> listed = rows.select(FILE, POSITION).toLocalIterator();
        while (listed.hasNext()) {
            Row row = listed.next();
            positions
                    .computeIfAbsent(locations.get(row.getString(0)), location -> LongStream.builder())
                    .add(row.getLong(1));
        }
        DeleteFile list = write(positions);
        table.refresh();
        RowDelta change = table.newRowDelta()
                .addDeletes(list)
                .validateFromSnapshot(base.snapshotId())
                .validateDataFilesExist(positions.keySet())
                .validateDeletedFiles();
        properties.forEach(change::set);
        try {
            change.toBranch(branch).commit();
        } catch (IllegalArgumentException | CommitFailedException | ValidationException e) {
            throw new Overtaken(
                    "another run published " + Tables.HISTORY
                            + " meanwhile, and nothing of this one was published there; run it again",
                    e);
        }
    }

    /** In the order that the format wants: by file, then by position. */
    private DeleteFile write(SortedMap<String, LongStream.Builder> positions) throws IOException {
        PartitionKey open = new PartitionKey(table.spec(), table.schema()); // without values, because valid_to is NULL
        EncryptedOutputFile output = OutputFileFactory.builderFor(table, 0, 0)
                .format(FileFormat.PARQUET)
                .suffix("deletes")
                .build()
                .newOutputFile(table.spec(), open);
        PositionDeleteWriter<Void> writer = Parquet.writeDeletes(output)
                .forTable(table)
                .rowSchema(null) // positions alone
                .withSpec(table.spec())
                .withPartition(open)
                .overwrite()
                .buildPositionWriter();
        try (writer) {
            PositionDelete<Void> delete = PositionDelete.create();
            positions.forEach((file, rows) ->
                    rows.build().sorted().forEach(position -> writer.write(delete.set(file, position))));
        }
        return writer.toDeleteFile();
    }

    /** Names of files have random numbers in them, so they are unique. */
    private Map<String, String> locations() throws IOException {
        Map<String, String> found = new HashMap<>();
        try (CloseableIterable<FileScanTask> tasks = table.newScan()
                .useSnapshot(base.snapshotId())
                .filter(Expressions.isNull("valid_to"))
                .planFiles()) {
            for (FileScanTask task : tasks) {
                String location = task.file().location();
                found.put(location.substring(location.lastIndexOf('/') + 1), location);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return found;
    }

    /** By Iceberg's ids: a column that was dropped and added again is another one. */
    private StructType schema() {
        List<StructField> fields = new ArrayList<>();
        for (NestedField column : table.schema().columns()) {
            fields.add(DataTypes.createStructField(
                    column.name(),
                    SparkSchemaUtil.convert(column.type()),
                    true,
                    new MetadataBuilder().putLong(FIELD_ID, column.fieldId()).build()));
        }
        return DataTypes.createStructType(fields);
    }
}
