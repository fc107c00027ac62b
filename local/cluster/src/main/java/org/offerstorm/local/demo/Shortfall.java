package org.offerstorm.local.demo;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.offerstorm.tools.produce.ProduceResult;

/** What of a file of offers did not get into the topic: the stores may agree, and yet not hold what the file has. */
final class Shortfall {
    private Shortfall() {}

    /** One sentence for people; empty if the whole file is in the topic. */
    static Optional<String> of(Path file, ProduceResult result) {
        if (result.isComplete()) {
            return Optional.empty();
        }
        String skipped = result.skippedCount() == 0 ? "" : count(result.skippedCount(), "line") + " skipped";
        String unread = result.stopped() == null ? "" : "the rest of the file was not read (" + result.stopped() + ")";
        return Optional.of("Not all of " + file.getFileName() + " was produced: " + skipped
                + (skipped.isEmpty() || unread.isEmpty() ? "" : ", and ") + unread
                + ". The stores agree or differ on the rest alone; correct the file, then produce it again.");
    }

    /** {@code 1 line}, {@code 2,000 lines}. */
    static String count(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }
}
