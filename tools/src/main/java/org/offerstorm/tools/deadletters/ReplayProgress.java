package org.offerstorm.tools.deadletters;

import java.util.function.Consumer;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.text.Quote;
import org.offerstorm.sinks.deadletter.StoredLetter;

/** Reports what became of each letter, and counts. One thread. */
final class ReplayProgress {
    private final SourceConfig config;
    private final Consumer<String> lines;
    private long replayed;
    private long refused;

    /** @param lines fit for a terminal */
    ReplayProgress(SourceConfig config, Consumer<String> lines) {
        this.config = config;
        this.lines = lines;
    }

    void replayed(StoredLetter letter, String what) {
        replayed++;
        tell(letter, what);
    }

    void refused(StoredLetter letter, String what) {
        refused++;
        tell(letter, what);
    }

    /** It is neither: whether its record is in the log is not known. */
    void unconfirmed(StoredLetter letter) {
        tell(letter, "not confirmed");
    }

    /** @param chosen number of letters to be replayed */
    Replay.Result result(long chosen, long all, boolean stopped) {
        return new Replay.Result(replayed, refused, stopped ? chosen - replayed - refused : 0, all);
    }

    private void tell(StoredLetter letter, String what) {
        lines.accept(LetterPosition.of(letter).shown(config) + " "
                + Quote.of(letter.letter().key()) + " " + what);
    }
}
