package org.offerstorm.sinks.hdfs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.ContentSummary;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.offerstorm.core.sink.StoreStatistics;
import org.offerstorm.core.sink.StoreStatistics.DateSize;
import org.offerstorm.core.sink.StoreStatistics.Figure;

/** Asks a NameNode how much the sink's directory holds. Used by one thread. */
final class HdfsUsage implements AutoCloseable {
    /** Dates that have their own figures; each costs a call. */
    private static final int DATES = 31;
    /** Of open files, which are a few for each slot; more than these are not counted. */
    private static final int MAX_OPEN = 10_000;

    private static final String DATE = "dt=";

    private final Layout layout;
    private final DistributedFileSystem hdfs;

    private HdfsUsage(Layout layout, DistributedFileSystem hdfs) {
        this.layout = layout;
        this.hdfs = hdfs;
    }

    static HdfsUsage connect(HdfsConfig config) throws IOException {
        return new HdfsUsage(Layout.of(config.directory()), new ClientSettings(config).connect());
    }

    StoreStatistics read() throws IOException {
        List<Figure> figures = new ArrayList<>();
        List<DateSize> dates = new ArrayList<>();
        finished(figures, dates);
        open(figures);
        return new StoreStatistics(figures, dates, List.of());
    }

    private void finished(List<Figure> figures, List<DateSize> dates) throws IOException {
        ContentSummary all = summary(layout.offers());
        figures.add(Figure.bytes("bytes", "Finished files", all == null ? 0 : all.getLength()));
        figures.add(
                Figure.bytes("disk_bytes", "… on disks, with all copies", all == null ? 0 : all.getSpaceConsumed()));
        figures.add(Figure.number("files", "Finished files", all == null ? 0 : all.getFileCount()));
        if (all == null) {
            return;
        }
        List<String> names = Stream.of(hdfs.listStatus(layout.offers()))
                .filter(FileStatus::isDirectory)
                .map(status -> status.getPath().getName())
                .filter(name -> name.startsWith(DATE))
                .sorted(Comparator.reverseOrder())
                .limit(DATES)
                .toList();
        for (String name : names) {
            ContentSummary date = summary(new Path(layout.offers(), name));
            if (date != null) {
                dates.add(new DateSize(name.substring(DATE.length()), date.getFileCount(), date.getLength()));
            }
        }
    }

    /** Null if there is no such directory. */
    private ContentSummary summary(Path directory) throws IOException {
        try {
            return hdfs.getContentSummary(directory);
        } catch (FileNotFoundException e) {
            return null;
        }
    }

    /** The NameNode knows the length of an open file's whole blocks only, so bytes are left out. */
    private void open(List<Figure> figures) throws IOException {
        long open = 0;
        try {
            RemoteIterator<LocatedFileStatus> files = hdfs.listFiles(layout.open(), true);
            while (files.hasNext() && open < MAX_OPEN) {
                open += files.next().getPath().getName().endsWith(Layout.SUFFIX) ? 1 : 0;
            }
        } catch (FileNotFoundException e) {
            // nothing was written yet, or a directory was finished meanwhile: the next reading counts again
        }
        figures.add(Figure.number("open_files", "Open files", open));
    }

    @Override
    public void close() throws IOException {
        hdfs.close();
    }
}
