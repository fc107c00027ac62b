package org.offerstorm.bolts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.sink.DeadLetter;
import org.offerstorm.core.sink.DeadLetters;
import org.offerstorm.core.sink.WriteResult;

class LetterQueueTest {
    private static final Source SOURCE = new Source("offers", "id", 1, 1);

    private final Topic topic = new Topic();
    private final LetterQueue queue = new LetterQueue(topic, "test-letters");

    @AfterEach
    void close() {
        topic.mayAnswer.release(1_000);
        queue.close();
    }

    @Test
    void nothing_is_known_before_the_topic_has_answered() {
        CompletableFuture<WriteResult> result = queue.add(letters(3));
        await().until(() -> topic.writes.size() == 1);
        assertThat(result).isNotDone();

        topic.mayAnswer.release();
        assertThat(result.join()).isEqualTo(new WriteResult.Done(3, 0));
    }

    @Test
    void what_is_added_during_a_write_goes_out_together_with_the_next_one() {
        CompletableFuture<WriteResult> first = queue.add(letters(1));
        await().until(() -> topic.writes.size() == 1);
        List<CompletableFuture<WriteResult>> others =
                IntStream.range(0, 5).mapToObj(i -> queue.add(letters(10))).toList();

        topic.mayAnswer.release(2);
        assertThat(first.join()).isInstanceOf(WriteResult.Done.class);
        others.forEach(other -> assertThat(other.join()).isInstanceOf(WriteResult.Done.class));
        assertThat(topic.writes).containsExactly(1, 50);
    }

    @Test
    void a_write_has_so_many_letters_at_most_or_those_of_one_chunk() {
        CompletableFuture<WriteResult> first = queue.add(letters(1));
        await().until(() -> topic.writes.size() == 1);
        List<CompletableFuture<WriteResult>> others = IntStream.of(1_000, 1_000, 1, 5_000)
                .mapToObj(number -> queue.add(letters(number)))
                .toList();

        topic.mayAnswer.release(10);
        first.join();
        others.forEach(CompletableFuture::join);
        assertThat(topic.writes).containsExactly(1, 2_000, 1, 5_000);
    }

    @Test
    void chunks_of_one_write_that_failed_all_hear_of_it() {
        topic.answer = new WriteResult.Retryable("no connection", null);
        topic.mayAnswer.release(10);

        assertThat(queue.add(letters(1)).join()).isEqualTo(topic.answer);
        topic.answer = null;
        assertThat(queue.add(letters(1)).join()).isEqualTo(new WriteResult.Done(1, 0));
    }

    /** Else each would wait for the deadline of a write in turn, and the bolt for all of them. */
    @Test
    void chunks_that_wait_behind_a_write_that_failed_hear_of_it_at_once() {
        topic.answer = new WriteResult.Retryable("no connection", null);
        CompletableFuture<WriteResult> first = queue.add(letters(1));
        await().until(() -> topic.writes.size() == 1);
        List<CompletableFuture<WriteResult>> others =
                IntStream.range(0, 5).mapToObj(i -> queue.add(letters(2_000))).toList();

        topic.mayAnswer.release();
        assertThat(first.join()).isEqualTo(topic.answer);
        await().untilAsserted(() -> assertThat(others).allMatch(CompletableFuture::isDone));
        others.forEach(other -> assertThat(other.join()).isEqualTo(topic.answer));
        assertThat(topic.writes).containsExactly(1);
    }

    @Test
    void a_bug_reaches_the_one_who_waits_and_the_queue_goes_on() {
        topic.mayAnswer.release(10);
        topic.bug = new IllegalStateException("a bug");
        assertThatThrownBy(() -> queue.add(letters(1)).join()).hasRootCauseMessage("a bug");

        topic.bug = null;
        assertThat(queue.add(letters(1)).join()).isInstanceOf(WriteResult.Done.class);
    }

    private static List<DeadLetter> letters(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> new DeadLetter(
                        SOURCE, new SourcePosition(0, i, 0), "k".getBytes(UTF_8), null, "parse", "bad_json", "d"))
                .toList();
    }

    /** Answers when it may. */
    private static final class Topic implements DeadLetters {
        final List<Integer> writes = new CopyOnWriteArrayList<>();
        final Semaphore mayAnswer = new Semaphore(0);
        volatile WriteResult answer;
        volatile RuntimeException bug;

        @Override
        public WriteResult write(List<DeadLetter> letters) {
            writes.add(letters.size());
            mayAnswer.acquireUninterruptibly();
            if (bug != null) {
                throw bug;
            }
            return answer != null ? answer : new WriteResult.Done(letters.size(), 0);
        }

        @Override
        public void close() {}
    }
}
