package org.offerstorm.local.cluster;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.offerstorm.core.check.Failure;

/** Runs commands of {@code offerstorm} inside this process, as a user types them. Used by one thread. */
@FunctionalInterface
public interface CommandRunner {
    /**
     * Runs one.
     *
     * @param words without the program's name: {@code cluster}, {@code down}
     * @return its exit code
     */
    int run(PrintWriter out, PrintWriter err, List<String> words);

    /** The exit code of a command, and what it printed on both streams. */
    record Answer(int code, String text) {}

    /** Runs a command whose output nobody watches. */
    default Answer answer(List<String> words) {
        StringWriter text = new StringWriter();
        PrintWriter both = new PrintWriter(text, true);
        int code = run(both, both, words);
        both.flush();
        return new Answer(code, text.toString());
    }

    /**
     * Runs a command that has to succeed.
     *
     * @return what it printed
     * @throws Failure with that and the exit code if the code is not 0
     */
    default String must(List<String> words) {
        Answer answer = answer(words);
        if (answer.code() != 0) {
            throw Failure.unreachable(
                    "'offerstorm " + String.join(" ", words) + "' ended with exit code " + answer.code() + ":\n"
                            + answer.text().strip(),
                    null);
        }
        return answer.text();
    }
}
