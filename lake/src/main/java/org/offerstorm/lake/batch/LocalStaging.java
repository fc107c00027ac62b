package org.offerstorm.lake.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.offerstorm.sinks.hdfs.StagedLog;

/** Avro files in local directories, complete up to a given cut. */
public final class LocalStaging implements Staging {
    private static final int MOST_SLICES = 6;

    private final SparkSession spark;
    private final List<Path> directories;
    private final OffsetVector cut;

    /** @param cut what the files hold, with those before them */
    public LocalStaging(SparkSession spark, List<Path> directories, OffsetVector cut) {
        this.spark = spark;
        this.directories = List.copyOf(directories);
        this.cut = cut;
    }

    @Override
    public OffsetVector cut() {
        return cut;
    }

    @Override
    public Dataset<Row> rows(OffsetVector from, OffsetVector to) throws IOException {
        List<String> files = files();
        var rows = JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(files, Math.max(1, Math.min(files.size(), MOST_SLICES)))
                .mapPartitions(slice -> {
                    Stream<String> paths = StreamSupport.stream(Spliterators.spliteratorUnknownSize(slice, 0), false);
                    return paths.flatMap(LocalStaging::stream)
                            .filter(record -> covers(to, record) && !covers(from, record))
                            .map(OfferColumns::row)
                            .iterator();
                });
        return spark.createDataFrame(rows, OfferColumns.rawType()).selectExpr(OfferColumns.fromRaw());
    }

    /** All rows of the files. */
    public Dataset<Row> rows() throws IOException {
        return rows(OffsetVector.NOTHING, cut);
    }

    private static boolean covers(OffsetVector offsets, GenericRecord record) {
        return offsets.covers(
                (Integer) record.get(OfferColumns.EPOCH), (Integer) record.get(OfferColumns.PARTITION), (Long)
                        record.get(OfferColumns.OFFSET));
    }

    private List<String> files() throws IOException {
        List<String> files = new ArrayList<>();
        for (Path directory : directories) {
            try (Stream<Path> found = Files.walk(directory)) {
                found.filter(path -> path.toString().endsWith(".avro"))
                        .map(Path::toString)
                        .sorted()
                        .forEach(files::add);
            }
        }
        return files;
    }

    private static Stream<GenericRecord> stream(String file) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(records(file), 0), false);
    }

    private static Iterator<GenericRecord> records(String file) {
        try {
            return new DataFileReader<>(
                    Path.of(file).toFile(), new GenericDatumReader<GenericRecord>(null, StagedLog.schema()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
