package org.offerstorm.tools.snapshot;

import java.util.ArrayList;
import java.util.List;
import org.offerstorm.tools.produce.Input;

/** What the first reading of the file found. One thread. */
public final class FileCheck {
    static final int MOST_EXAMPLES = 5;
    private static final int MOST_SKIPPED = 20;

    long records;
    long created;
    long changed;
    long adopted;
    long equal;
    /** Equal in the topic, in a record that names another source, or none. */
    long equalOfOthers;

    long repeated;
    long conflicts;
    long skippedCount;
    boolean rowNumbers = true;
    byte[] digest;
    final List<Input.Skipped> skipped = new ArrayList<>();
    final List<String> createdExamples = new ArrayList<>();
    final List<String> changedExamples = new ArrayList<>();
    final List<String> conflictExamples = new ArrayList<>();

    FileCheck() {}

    void skip(Input.Skipped place) {
        if (++skippedCount <= MOST_SKIPPED) {
            skipped.add(place);
        }
    }

    static void example(List<String> examples, String text) {
        if (examples.size() < MOST_EXAMPLES) {
            examples.add(text);
        }
    }

    /** Records of the file, without those that repeat another one. */
    public long records() {
        return records;
    }

    /** Offers that the topic does not have. */
    public long created() {
        return created;
    }

    /** Offers of which the topic has another value. */
    public long changed() {
        return changed;
    }

    /** Offers that are equal in the topic, and are sent again with this source's name. */
    public long adopted() {
        return adopted;
    }

    /** Offers that are equal in the topic, and are not sent. */
    public long equal() {
        return equal;
    }

    /** Of {@link #equal}, those whose records name another source, or none. */
    public long equalOfOthers() {
        return equalOfOthers;
    }

    /** Records that repeat one before them to the letter. */
    public long repeated() {
        return repeated;
    }

    /** Records whose id came before with another value. */
    public long conflicts() {
        return conflicts;
    }

    /** Places that cannot become records. */
    public long skippedCount() {
        return skippedCount;
    }

    /** The first of them. */
    public List<Input.Skipped> skipped() {
        return List.copyOf(skipped);
    }

    /** Whether the ids are the numbers of the rows, so far as there are two rows or more. */
    public boolean hasRowNumbers() {
        return rowNumbers && records > 1;
    }

    /** Some of {@link #created}, quoted. */
    public List<String> createdExamples() {
        return List.copyOf(createdExamples);
    }

    /** Some of {@link #changed}, quoted. */
    public List<String> changedExamples() {
        return List.copyOf(changedExamples);
    }

    /** Some of {@link #conflicts}: line and id. */
    public List<String> conflictExamples() {
        return List.copyOf(conflictExamples);
    }
}
