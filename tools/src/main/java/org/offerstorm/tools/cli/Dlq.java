package org.offerstorm.tools.cli;

import java.io.IOException;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.tools.deadletters.LetterPosition;
import org.offerstorm.tools.deadletters.NoSuchLetter;

/** What the commands on dead letters have in common: how they fail. */
final class Dlq {
    private Dlq() {}

    /** Something that is done with the dead letters. */
    interface Work<T> {
        T run() throws IOException, NoSuchLetter;
    }

    static <T> T run(Work<T> work) {
        try {
            return work.run();
        } catch (NoSuchLetter e) {
            throw Failure.usage(e.getMessage());
        } catch (IOException e) {
            if (e.getCause() instanceof Secrets.Unresolved secret) {
                throw Failure.usage(secret.getMessage());
            }
            throw Failure.unreachable(e.getMessage(), e);
        } catch (IllegalArgumentException e) { // a secret that is not there, or what it makes of an address
            throw Failure.usage(e.getMessage());
        }
    }

    static LetterPosition position(String text, OfferstormConfig config) {
        try {
            return LetterPosition.parse(text, config.source());
        } catch (IllegalArgumentException e) {
            throw Failure.usage(e.getMessage());
        }
    }
}
