package org.offerstorm.lake.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.Spliterators;
import java.util.TreeMap;
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

/** Avro files in local directories; the cut is their end. */
final class LocalStaging implements Staging {
    private final SparkSession spark;
    private final List<Path> directories;

    LocalStaging(SparkSession spark, List<Path> directories) {
        this.spark = spark;
        this.directories = directories;
    }

    @Override
    public OffsetVector cut() throws IOException {
        SortedMap<Integer, Long> next = new TreeMap<>();
        for (String file : files()) {
            records(file)
                    .forEachRemaining(record -> next.merge(
                            (Integer) record.get(OfferColumns.PARTITION),
                            (Long) record.get(OfferColumns.OFFSET) + 1,
                            Math::max));
        }
        return new OffsetVector(1, next);
    }

    @Override
    public Dataset<Row> rows(OffsetVector from, OffsetVector to) throws IOException {
        List<String> files = files();
        var rows = JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(files, Math.min(files.size(), 6))
                .mapPartitions(slice -> {
                    Stream<String> paths = StreamSupport.stream(Spliterators.spliteratorUnknownSize(slice, 0), false);
                    return paths.flatMap(LocalStaging::stream)
                            .filter(record -> covers(to, record) && !covers(from, record))
                            .map(OfferColumns::row)
                            .iterator();
                });
        return spark.createDataFrame(rows, OfferColumns.rawType()).selectExpr(OfferColumns.fromRaw());
    }

    private static boolean covers(OffsetVector offsets, GenericRecord record) {
        return offsets.covers(
                (Integer) record.get(OfferColumns.EPOCH), (Integer) record.get(OfferColumns.PARTITION), (Long)
                        record.get(OfferColumns.OFFSET));
    }

    private List<String> files() throws IOException {
        List<String> files = new java.util.ArrayList<>();
        for (Path directory : directories) {
            try (Stream<Path> found = Files.walk(directory)) {
                found.filter(path -> path.toString().endsWith(".avro"))
                        .map(Path::toString)
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
