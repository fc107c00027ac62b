package org.offerstorm.local.neighbours.streams;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.model.Upsert;
import org.offerstorm.core.parse.ParseResult;
import org.offerstorm.core.parse.ParseResult.Accepted;
import org.offerstorm.core.parse.ParseResult.Rejected;
import org.offerstorm.core.parse.RecordParser;
import org.offerstorm.core.sink.DeadLetter;
import org.offerstorm.local.neighbours.ChunkCutter;
import org.offerstorm.local.neighbours.SentLetters;
import org.offerstorm.local.neighbours.Workload;

/** Parses and classifies the records of one partition, and hands chunks of them to the sinks. */
final class OfferProcessor implements Processor<byte[], byte[], Void, Void> {
    private static final Duration MOST_OPEN = Duration.ofMillis(100);

    private final Workload work;
    private final RecordParser parser;
    private ProcessorContext<Void, Void> context;
    private ChunkCutter cutter;
    private SentLetters letters;

    OfferProcessor(Workload work) {
        this.work = work;
        this.parser = work.parser();
    }

    @Override
    public void init(ProcessorContext<Void, Void> its) {
        context = its;
        cutter = work.cutter(its.taskId().partition() % work.threads());
        letters = work.letters();
        BeforeCommit store = its.getStateStore(BeforeCommit.NAME);
        store.run(this::flush);
        its.schedule(MOST_OPEN, PunctuationType.WALL_CLOCK_TIME, now -> handAll());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata from = context.recordMetadata().orElseThrow();
        SourceRecord source = new SourceRecord(
                new SourcePosition(from.partition(), from.offset(), record.timestamp()), record.key(), record.value());
        ParseResult result = parser.parse(source);
        if (result instanceof Accepted accepted) {
            add(accepted.change());
        } else if (result instanceof Rejected rejected) {
            letters.send(List.of(DeadLetter.of(
                    work.source(),
                    source,
                    TopologyNames.PARSE,
                    rejected.reason().code(),
                    rejected.detail())));
        }
    }

    @Override
    public void close() {
        letters.close();
    }

    private void add(Change change) {
        try {
            cutter.add(
                    change instanceof Upsert upsert ? upsert.in(work.placement().cell(upsert.offer())) : change);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void handAll() {
        try {
            cutter.handAll();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void flush() {
        try {
            cutter.flush();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        letters.flush();
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted", e);
    }
}
