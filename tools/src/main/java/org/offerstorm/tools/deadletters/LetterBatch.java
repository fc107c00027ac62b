package org.offerstorm.tools.deadletters;

import java.util.ArrayList;
import java.util.List;
import org.offerstorm.sinks.deadletter.StoredLetter;

/** Letters, with their bytes, that are replayed together. One thread. */
final class LetterBatch {
    private static final int MAX_LETTERS = 500;
    private static final int MAX_BYTES = 4 << 20;

    private final List<StoredLetter> letters = new ArrayList<>();
    private int bytes;

    void add(StoredLetter letter) {
        letters.add(letter);
        bytes += letter.letter().value() == null ? 0 : letter.letter().value().length;
    }

    boolean isFull() {
        return letters.size() == MAX_LETTERS || bytes > MAX_BYTES;
    }

    /** In the order in which they were added. */
    List<StoredLetter> letters() {
        return letters;
    }

    void clear() {
        letters.clear();
        bytes = 0;
    }
}
