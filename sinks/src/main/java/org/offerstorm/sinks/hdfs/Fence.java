package org.offerstorm.sinks.hdfs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;

/**
 * Takes the directories of other attempts away from their writers: those of the slot itself, and those of slots that no
 * longer exist because there are fewer now; for a slot's first attempt in a generation also those of every earlier
 * generation. A writer can create nothing in a directory that is gone, and at its next
 * check it finds its files gone.
 */
final class Fence {
    private final LogFiles files;
    private final Layout layout;
    private final int slot;
    private final int slots;

    Fence(LogFiles files, Layout layout, int slot, int slots) {
        this.files = files;
        this.layout = layout;
        this.slot = slot;
        this.slots = slots;
    }

    /** Moves all but the attempt's own directory to this slot's part of _recover. */
    void moveOthers(int attempt) throws IOException {
        files.makeDirectory(layout.recover(slot));
        for (LogFiles.Entry entry : files.list(layout.open())) {
            int owner = Layout.slotOf(entry.name()).orElse(-1);
            if (owner == slot || isAdopted(owner)) {
                for (LogFiles.Entry other : files.list(entry.path())) {
                    int number = Layout.attemptOf(other.name()).orElse(-1);
                    if (other.directory() && number > 0 && !(owner == slot && number >= attempt)) {
                        move(other.path(), "s" + owner + "-" + number, attempt);
                    }
                }
            }
        }
        for (LogFiles.Entry entry : files.list(layout.recover())) {
            if (isAdopted(Layout.slotOf(entry.name()).orElse(-1))) {
                for (LogFiles.Entry other : files.list(entry.path())) {
                    move(other.path(), other.name(), attempt);
                }
                files.delete(entry.path());
            }
        }
    }

    /**
     * Moves the directories of all attempts of earlier generations to their own slots' parts of _recover, where their slots
     * find them. No attempt of them can begin later: it looks for a newer generation after it has made its directory.
     */
    void moveEarlierGenerations(int generation, int attempt) throws IOException {
        for (LogFiles.Entry entry : files.list(layout.open())) {
            int owner = Layout.slotOf(entry.name()).orElse(-1);
            if (owner < 0 || owner == slot) {
                continue;
            }
            for (LogFiles.Entry other : files.list(entry.path())) {
                int number = Layout.attemptOf(other.name()).orElse(-1);
                if (other.directory() && number > 0 && Claims.generationOf(files, layout, owner, number) < generation) {
                    files.makeDirectory(layout.recover(owner));
                    moveIfThere(other.path(), layout.recover(owner), "s" + owner + "-" + number, attempt);
                }
            }
        }
    }

    /** The Avro files that other slots' attempts have left in _recover. */
    List<Path> fencedFilesOfOthers() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path file : filesOfOthers()) {
            if (file.toString().startsWith(layout.recover() + Path.SEPARATOR)) {
                found.add(file);
            }
        }
        return found;
    }

    /** The Avro files in this slot's part of _recover. */
    List<Path> files() throws IOException {
        List<Path> found = new ArrayList<>();
        for (LogFiles.Entry directory : files.list(layout.recover(slot))) {
            for (LogFiles.Entry file : files.list(directory.path())) {
                if (file.name().endsWith(Layout.SUFFIX)) {
                    found.add(file.path());
                }
            }
        }
        return found;
    }

    /** The Avro files in which slots other than this one write or have left something. */
    Set<Path> filesOfOthers() throws IOException {
        Set<Path> found = new TreeSet<>();
        for (Path parent : List.of(layout.open(), layout.recover())) {
            for (LogFiles.Entry owner : files.list(parent)) {
                if (Layout.slotOf(owner.name()).orElse(slot) != slot) {
                    for (LogFiles.Entry directory : files.list(owner.path())) {
                        addFiles(directory, found);
                    }
                }
            }
        }
        return found;
    }

    /** Deletes what is left of this slot's part of _recover once its files are published. */
    void deleteEmptyDirectories() throws IOException {
        for (LogFiles.Entry directory : files.list(layout.recover(slot))) {
            for (LogFiles.Entry file : files.list(directory.path())) {
                if (file.name().endsWith(Layout.SALVAGE_SUFFIX)) {
                    files.delete(file.path());
                }
            }
            files.delete(directory.path());
        }
    }

    /** Whether the slot no longer exists, and this one takes it over. */
    private boolean isAdopted(int other) {
        return other >= slots && other % slots == slot;
    }

    private void addFiles(LogFiles.Entry directory, Set<Path> found) throws IOException {
        if (directory.directory()) {
            for (LogFiles.Entry file : files.list(directory.path())) {
                if (file.name().endsWith(Layout.SUFFIX)) {
                    found.add(file.path());
                }
            }
        }
    }

    private void move(Path directory, String name, int attempt) throws IOException {
        moveTo(layout.recover(slot), directory, name, attempt);
    }

    private void moveTo(Path to, Path directory, String name, int attempt) throws IOException {
        try {
            files.rename(directory, new Path(to, name));
        } catch (FileAlreadyExistsException e) {
            files.rename(directory, new Path(to, name + "-" + attempt));
        }
    }

    /** Its own slot may do the same at the same time. */
    private void moveIfThere(Path directory, Path to, String name, int attempt) throws IOException {
        try {
            moveTo(to, directory, name, attempt);
        } catch (FileNotFoundException e) {
            if (files.exists(directory)) {
                throw e;
            }
        }
    }
}
