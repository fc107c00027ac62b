package org.offerstorm.sinks.hdfs;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/** Finds the log's files wherever they are; one client, one thread. */
final class StagedFiles {
    /** Names that this sink gives are unique; those of other tools (compaction) only with their directory. */
    private static final Pattern OWN_NAME = Pattern.compile("s\\d+-\\d+-\\d+\\.avro");

    private final LogFiles files;
    private final Layout layout;

    StagedFiles(LogFiles files, Layout layout) {
        this.files = files;
        this.layout = layout;
    }

    /**
     * Files by name, which is unique and stays while a file goes from _open over _recover to its date. Read in the
     * direction in which files move, none is missed.
     */
    Map<String, LogFiles.Entry> list() throws IOException {
        Map<String, LogFiles.Entry> found = unfinished();
        addFiles(layout.offers(), found);
        return found;
    }

    /** As {@link #list()}, without the finished ones. */
    Map<String, LogFiles.Entry> unfinished() throws IOException {
        Map<String, LogFiles.Entry> found = new TreeMap<>();
        for (Path parent : List.of(layout.open(), layout.recover())) {
            for (LogFiles.Entry slot : files.list(parent)) {
                addFiles(slot.path(), found);
            }
        }
        return found;
    }

    /** Where the file of this key is now; null if it was dropped. */
    Path find(String key) throws IOException {
        LogFiles.Entry file = list().get(key);
        return file == null ? null : file.path();
    }

    /** The directory of a finished file; null for one that is open. */
    String directory(Path file) {
        return layout.offers().equals(file.getParent().getParent())
                ? file.getParent().getName()
                : null;
    }

    private void addFiles(Path parent, Map<String, LogFiles.Entry> found) throws IOException {
        for (LogFiles.Entry directory : files.list(parent)) {
            if (directory.directory()) {
                for (LogFiles.Entry file : files.list(directory.path())) {
                    if (file.name().endsWith(Layout.SUFFIX)) {
                        boolean own = OWN_NAME.matcher(file.name()).matches();
                        LogFiles.Entry known = own ? found.get(file.name()) : null;
                        // Two finished files of one name are not one that moved: somebody copied it.
                        boolean copied = known != null && directory(known.path()) != null;
                        found.put(own && !copied ? file.name() : file.path().toString(), file);
                    }
                }
            }
        }
    }
}
