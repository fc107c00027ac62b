package org.offerstorm.lake.batch;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericRecord;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.CollectionAccumulator;
import org.offerstorm.sinks.hdfs.HdfsConfig;
import org.offerstorm.sinks.hdfs.MergedRows;
import org.offerstorm.sinks.hdfs.StagedLog;
import org.offerstorm.sinks.hdfs.StagedLog.LogFile;

/** The Avro files in HDFS; whole blocks only, also of files that are being written. */
public final class HdfsStaging implements Staging {
    private static final int SLICES_PER_CORE = 3;

    private final SparkSession spark;
    private final HdfsConfig config;
    private final UnaryOperator<OffsetVector> fresher;
    private final FinishedFiles finished;
    private CollectionAccumulator<ReadFile> read;
    private Set<String> leftOut = Set.of();

    /**
     * Connects at the first call.
     *
     * @param warehouse where it remembers which files were read
     * @param fresher raises a cut to what is known to be durable from elsewhere
     */
    public HdfsStaging(SparkSession spark, HdfsConfig config, String warehouse, UnaryOperator<OffsetVector> fresher) {
        this.spark = spark;
        this.config = config;
        this.fresher = fresher;
        this.finished = new FinishedFiles(warehouse, spark.sparkContext().hadoopConfiguration());
    }

    @Override
    public OffsetVector cut() throws IOException {
        try (StagedLog log = new StagedLog(config)) {
            StagedLog.Stream stream = log.stream().orElse(null);
            return stream == null
                    ? OffsetVector.NOTHING
                    : fresher.apply(new OffsetVector(stream.epoch(), log.floors(stream.epoch())));
        }
    }

    @Override
    public Dataset<Row> rows(OffsetVector from, OffsetVector to) throws IOException {
        List<LogFile> files;
        try (StagedLog log = new StagedLog(config)) {
            files = log.files();
        }
        Set<String> below = finished.below(from);
        leftOut = files.stream().map(LogFile::identity).filter(below::contains).collect(Collectors.toSet());
        files = files.stream()
                .filter(file -> !leftOut.contains(file.identity()))
                .toList();
        CollectionAccumulator<ReadFile> ends = spark.sparkContext().collectionAccumulator("files");
        read = ends;
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        int slices = Math.max(1, Math.min(files.size(), SLICES_PER_CORE * context.defaultParallelism()));
        HdfsConfig where = config;
        JavaRDD<Row> rows =
                context.parallelize(files, slices).mapPartitions(slice -> new Rows(where, slice, from, to, ends));
        return spark.createDataFrame(rows, OfferColumns.rawType()).selectExpr(OfferColumns.fromRaw());
    }

    /** Files that the last reading left out. */
    Set<String> leftOut() {
        return leftOut;
    }

    @Override
    public DeletedRows deleted() throws IOException {
        return MergedRows.read(config)
                .map(rows -> new DeletedRows(new OffsetVector(rows.epoch(), rows.next()), rows.digest()))
                .orElse(DeletedRows.NONE);
    }

    @Override
    public void published(OffsetVector to) {
        Set<String> below = new TreeSet<>(leftOut);
        wholly(to).forEach(file -> below.add(file.file().identity()));
        finished.write(to, below);
    }

    /** Of the finished files that the last reading read to their end, those without a row above this cut. */
    public List<ReadFile> wholly(OffsetVector to) {
        Map<String, ReadFile> found = new TreeMap<>(); // a task that was repeated names its files twice
        for (ReadFile file : read.value()) {
            if (to.covers(file.rows())) {
                found.put(file.file().identity(), file);
            }
        }
        return List.copyOf(found.values());
    }

    /**
     * A finished file, read to its end.
     *
     * @param rows the least cut that includes its rows
     */
    public record ReadFile(LogFile file, OffsetVector rows) implements Serializable {}

    /** The rows of some files, read while they are asked for. */
    private static final class Rows implements Iterator<Row> {
        private final HdfsConfig config;
        private final Iterator<LogFile> files;
        private final OffsetVector from;
        private final OffsetVector to;
        private final CollectionAccumulator<ReadFile> read;
        private final Deque<Row> ready = new ArrayDeque<>();
        private StagedLog log;
        private StagedLog.Blocks blocks;
        private LogFile file;
        private OffsetVector end;

        Rows(
                HdfsConfig config,
                Iterator<LogFile> files,
                OffsetVector from,
                OffsetVector to,
                CollectionAccumulator<ReadFile> read) {
            this.config = config;
            this.files = files;
            this.from = from;
            this.to = to;
            this.read = read;
        }

        @Override
        public boolean hasNext() {
            try {
                while (ready.isEmpty() && advance()) {
                    // A block may hold no row of this batch.
                }
            } catch (IOException e) {
                throw new UncheckedIOException("the staged files cannot be read: " + e.getMessage(), e);
            }
            return !ready.isEmpty();
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return ready.poll();
        }

        /** Reads on by one block or file; returns whether there was one. */
        private boolean advance() throws IOException {
            if (blocks == null) {
                if (!files.hasNext()) {
                    if (log != null) {
                        log.close();
                        log = null;
                    }
                    return false;
                }
                log = log == null ? new StagedLog(config) : log;
                file = files.next();
                end = OffsetVector.NOTHING;
                blocks = log.open(file);
            }
            List<GenericRecord> block = blocks.next();
            if (block == null) {
                boolean torn = blocks.isTorn();
                blocks.close();
                blocks = null;
                if (file.finished() && !torn) { // a damaged one has rows that nobody has read
                    read.add(new ReadFile(file, end));
                }
                return true;
            }
            int highestEpoch = end.epoch();
            SortedMap<Integer, Long> next = new TreeMap<>(end.next());
            for (GenericRecord row : block) {
                int epoch = (Integer) row.get(OfferColumns.EPOCH);
                int partition = (Integer) row.get(OfferColumns.PARTITION);
                long offset = (Long) row.get(OfferColumns.OFFSET);
                if (epoch > highestEpoch) {
                    highestEpoch = epoch;
                    next.clear();
                }
                if (epoch == highestEpoch) {
                    next.merge(partition, offset + 1, Math::max);
                }
                if (to.covers(epoch, partition, offset) && !from.covers(epoch, partition, offset)) {
                    ready.add(OfferColumns.row(row));
                }
            }
            end = new OffsetVector(highestEpoch, next);
            return true;
        }
    }
}
