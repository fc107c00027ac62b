package org.offerstorm.bolts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.sink.DeadLetter;
import org.offerstorm.core.sink.DeadLetters;
import org.offerstorm.core.sink.WriteResult;

class LettersUnderWayTest {
    private static final Source SOURCE = new Source("offers", "id", 1, 1);

    private final Semaphore mayAnswer = new Semaphore(0);

    /** The bolt keeps chunks from Storm's time-out between two calls, so none may take as long as the queue. */
    @Test
    void a_call_waits_no_longer_than_a_write_and_the_next_one_finds_its_result() {
        List<DeadLetter> letters = List.of(new DeadLetter(
                SOURCE, new SourcePosition(0, 0, 0), "k".getBytes(UTF_8), null, "parse", "bad_json", "d"));
        try (LetterQueue queue = new LetterQueue(new SlowTopic(), "test-letters")) {
            LettersUnderWay first = new LettersUnderWay(queue, letters);
            LettersUnderWay behind = new LettersUnderWay(queue, letters);

            WriteResult early = assertTimeoutPreemptively(Duration.ofSeconds(7), behind::run);
            assertThat(early).isInstanceOf(WriteResult.Retryable.class);
            assertThat(behind.isDone()).isFalse();

            mayAnswer.release(2);
            assertThat(first.run()).isInstanceOf(WriteResult.Done.class);
            assertThat(behind.run()).isInstanceOf(WriteResult.Done.class);
        }
    }

    private final class SlowTopic implements DeadLetters {
        @Override
        public WriteResult write(List<DeadLetter> letters) {
            mayAnswer.acquireUninterruptibly();
            return new WriteResult.Done(letters.size(), 0);
        }

        @Override
        public void close() {}
    }
}
