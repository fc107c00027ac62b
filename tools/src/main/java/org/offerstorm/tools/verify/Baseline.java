package org.offerstorm.tools.verify;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.model.Source;
import org.offerstorm.sinks.hdfs.Hdfs;
import org.offerstorm.sinks.hdfs.HdfsConfig;
import org.offerstorm.sinks.hdfs.OfferBase;
import org.offerstorm.sinks.hdfs.OfferRow;

/**
 * What is known of the records that the topic no longer has: the newest version of each offer, as {@code lake trim} left it
 * before it deleted them. One thread.
 */
final class Baseline implements AutoCloseable {
    private static final String REMEDY =
            "; 'offerstorm lake verify', then 'offerstorm lake trim --keep TIME' writes it from the lake";

    /** Null if there is none that can be used. */
    private final OfferBase file;
    /** Null if none is missed. */
    private final String problem;

    private Baseline(OfferBase file, String problem) {
        this.file = file;
        this.problem = problem;
    }

    /**
     * Looks for the one of a topic that does not go back to its beginning, and whether it fits.
     *
     * @param begins the log's first offset, by partition
     * @throws IOException if HDFS cannot be read
     */
    static Baseline find(OfferstormConfig config, Source source, SortedMap<Integer, Long> begins) throws IOException {
        if (begins.values().stream().allMatch(begin -> begin == 0)
                || !config.sinks().contains(Hdfs.KIND)) {
            return new Baseline(null, null);
        }
        HdfsConfig hdfs = config.of(Hdfs.KIND);
        String directory = config.lake().basePath(hdfs.directory());
        OfferBase file;
        try {
            file = OfferBase.open(hdfs, directory);
        } catch (OfferBase.Damaged e) {
            return missing(e);
        } catch (IOException e) {
            throw new IOException(
                    "hdfs at " + hdfs.uri() + directory + " cannot be read: " + e.getMessage()
                            + "; start it, or correct hdfs.uri, hdfs.directory and lake.directory",
                    e);
        }
        if (file == null) {
            return new Baseline(null, "the lake left no base in " + directory + REMEDY);
        }
        String unfit = unfit(file.cut(), source, begins);
        if (unfit != null) {
            file.close();
            return new Baseline(null, "the base in " + directory + " " + unfit + REMEDY);
        }
        return new Baseline(file, null);
    }

    /** None, because it turned out to be unusable. */
    static Baseline missing(OfferBase.Damaged why) {
        return new Baseline(null, why.getMessage() + REMEDY);
    }

    /** Whether there is one that can be used. */
    boolean isThere() {
        return file != null;
    }

    /** Why there is none, and what to do; empty if there is one, or none is missed. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Up to where it is known; there must be one. */
    OfferBase.Cut cut() {
        return file.cut();
    }

    /**
     * Hands over all of it.
     *
     * @throws OfferBase.Damaged if a part is missing; others may have been handed over
     */
    void fill(Fold fold, VerifyProgress progress) throws IOException, OfferBase.Damaged {
        if (file != null) {
            progress.begin("lake", file.cut().rows());
            file.forEach(row -> {
                progress.step();
                fold.addBase(row);
            });
        }
    }

    /** A row again, by its number in the order in which they were handed over. */
    OfferRow row(int number) throws IOException {
        return file.row(number);
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    /** Null if it fits. */
    private static String unfit(OfferBase.Cut cut, Source source, Map<Integer, Long> begins) {
        if (!cut.topicId().equals(source.topicId()) || cut.epoch() != source.epoch()) {
            return "is of topic id " + cut.topicId() + ", epoch " + cut.epoch() + ", and not of " + source.topicId()
                    + ", epoch " + source.epoch();
        }
        for (Map.Entry<Integer, Long> begin : begins.entrySet()) {
            long known = cut.next().getOrDefault(begin.getKey(), 0L);
            if (known < begin.getValue()) {
                return "ends at offset " + known + " of partition " + begin.getKey() + ", whose log begins at "
                        + begin.getValue() + ", so records between are known to neither";
            }
        }
        return null;
    }
}
