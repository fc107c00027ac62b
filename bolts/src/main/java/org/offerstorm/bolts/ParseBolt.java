package org.offerstorm.bolts;

import com.codahale.metrics.Counter;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.apache.storm.task.OutputCollector;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.tuple.Tuple;
import org.apache.storm.tuple.Values;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.parse.ChunkParser;
import org.offerstorm.core.parse.ParsedChunk;
import org.offerstorm.core.parse.RecordParser;
import org.offerstorm.core.parse.SourceUnavailable;
import org.offerstorm.core.sink.DeadLetter;
import org.offerstorm.core.sink.DeadLetters;
import org.offerstorm.core.sink.Delivery;
import org.offerstorm.core.sink.HoldCause;
import org.offerstorm.core.sink.WriteResult;
import org.slf4j.LoggerFactory;

/**
 * Turns records into changes. A bad record goes to the dead letters, and the chunk is acked only when it is durable there.
 * Nobody waits for that: the next chunks are parsed meanwhile. The record's neighbours continue at once, and so does a chunk of which nothing is left, because its ranges must reach every sink. A chunk
 * for whose parsing a server is needed that is away is held, and nothing of it is emitted.
 * Bad records are logged as counts, see {@link BadRecordAlarm}.
 */
public final class ParseBolt extends HoldingBolt {
    private static final Delivery NOTHING_REFUSED = Delivery.known(new WriteResult.Done(0, 0));

    private final RecordParser.Factory parserFactory;
    private final DeadLetters.Factory deadLettersFactory;

    private transient ChunkParser parser;
    private transient DeadLetters deadLetters;
    private transient Counter rejected;
    private transient Counter unknownFields;
    private transient BadRecordAlarm alarm;
    private transient RefusalCounts refusals;
    /** Whether the last parsing ended with an outage; the chunks behind it then wait, so that there is one call at a time. */
    private transient boolean sourceAway;

    public ParseBolt(RecordParser.Factory parserFactory, DeadLetters.Factory deadLettersFactory) {
        this(parserFactory, deadLettersFactory, SYSTEM_CLOCK);
    }

    /** By another clock. */
    public ParseBolt(RecordParser.Factory parserFactory, DeadLetters.Factory deadLettersFactory, InstantSource clock) {
        super(clock);
        this.parserFactory = Objects.requireNonNull(parserFactory, "parserFactory");
        this.deadLettersFactory = Objects.requireNonNull(deadLettersFactory, "deadLettersFactory");
    }

    @Override
    void open(TopologyContext context) {
        deadLetters = deadLettersFactory.create();
        rejected = context.registerCounter(TopologyNames.METRIC_REJECTED);
        unknownFields = context.registerCounter(TopologyNames.METRIC_UNKNOWN_FIELDS);
        alarm = new BadRecordAlarm(
                context.getThisComponentId() + " task " + context.getThisTaskIndex(),
                LoggerFactory.getLogger(ParseBolt.class));
        refusals = new RefusalCounts();
        context.registerGauge(TopologyNames.METRIC_DEAD_LETTERS, refusals::byStageAndReason);
        parser = new ChunkParser(parserFactory.create(), (header, position, refused) -> {
            refusals.add(refused.reason());
            alarm.bad(header, position, refused);
        });
    }

    @Override
    void tick() {
        alarm.tick();
    }

    @Override
    @SuppressWarnings("unchecked") // wired behind the spout, which emits records
    Hold.Attempt attempt(Chunk<?> chunk, Tuple anchor, OutputCollector collector) {
        Chunk<SourceRecord> records = (Chunk<SourceRecord>) chunk;
        alarm.records(records.size());
        ParseThenReject work = new ParseThenReject(parser.begin(records), anchor, collector);
        if (!sourceAway) {
            // At once, also behind a chunk that waits for the dead letters alone: its neighbours continue.
            work.parse();
        }
        return work;
    }

    /**
     * A chunk is emitted once, when all of it is parsed. If a server that the parser needs is away, a later run parses
     * the rest; if only the dead letters are unavailable, a later run continues with them.
     */
    private final class ParseThenReject implements Hold.Attempt {
        /** Null when all records are parsed, so that what waits for the dead letters keeps only them. */
        private ChunkParser.Parsing parsing;

        private final Tuple anchor;
        private final OutputCollector collector;
        private List<DeadLetter> letters;
        /** What the last parsing ended with, if nothing has been said of it yet. */
        private WriteResult.Retryable outage;

        ParseThenReject(ChunkParser.Parsing parsing, Tuple anchor, OutputCollector collector) {
            this.parsing = parsing;
            this.anchor = anchor;
            this.collector = collector;
        }

        @Override
        public Delivery run() {
            if (letters == null && outage == null) {
                parse();
            }
            if (letters == null) {
                WriteResult.Retryable said = outage;
                outage = null;
                return Delivery.known(said);
            }
            return letters.isEmpty() ? NOTHING_REFUSED : deadLetters.send(letters);
        }

        @Override
        public HoldCause cause() {
            return letters == null ? HoldCause.REGISTRY : HoldCause.DEAD_LETTERS;
        }

        void parse() {
            ParsedChunk parsed;
            try {
                parsed = parsing.run();
            } catch (SourceUnavailable e) {
                sourceAway = true;
                outage = new WriteResult.Retryable(e.getMessage(), null);
                return;
            }
            sourceAway = false;
            parsing = null;
            letters = parsed.letters();
            unknownFields.inc(parsed.unknownFields());
            rejected.inc(letters.size());
            collector.emit(anchor, new Values(parsed.changes()));
        }
    }

    @Override
    public void cleanup() {
        alarm.close();
        deadLetters.close();
    }
}
