package org.offerstorm.local.neighbours.flink;

import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.offerstorm.core.sink.DeadLetter;
import org.offerstorm.local.neighbours.SentLetters;

/** The dead letters; waits for them at a checkpoint. */
final class LettersSink implements Sink<DeadLetter> {
    private static final long serialVersionUID = 1L;

    @Override
    public SinkWriter<DeadLetter> createWriter(WriterInitContext context) {
        return new LettersWriter(FlinkJob.work().letters());
    }

    private record LettersWriter(SentLetters letters) implements SinkWriter<DeadLetter> {
        @Override
        public void write(DeadLetter letter, Context context) {
            letters.send(List.of(letter));
        }

        @Override
        public void flush(boolean endOfInput) {
            letters.flush();
        }

        @Override
        public void close() {
            letters.close();
        }
    }
}
