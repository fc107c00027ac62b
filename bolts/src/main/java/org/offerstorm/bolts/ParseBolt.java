package org.offerstorm.bolts;

import com.codahale.metrics.Counter;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.apache.storm.task.OutputCollector;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.topology.OutputFieldsDeclarer;
import org.apache.storm.tuple.Fields;
import org.apache.storm.tuple.Tuple;
import org.apache.storm.tuple.Values;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.parse.ChunkParser;
import org.offerstorm.core.parse.ParsedChunk;
import org.offerstorm.core.parse.RecordParser;
import org.offerstorm.core.sink.DeadLetter;
import org.offerstorm.core.sink.DeadLetters;
import org.offerstorm.core.sink.WriteResult;
import org.slf4j.LoggerFactory;

/**
 * Turns records into changes. A bad record goes to the dead letters, and the chunk is acked only when it is durable there;
 * its neighbours continue, and so does a chunk of which nothing is left, because its ranges must reach every sink.
 * Bad records are logged as counts, see {@link BadRecordAlarm}.
 */
public final class ParseBolt extends HoldingBolt {
    private final RecordParser.Factory parserFactory;
    private final DeadLetters.Factory deadLettersFactory;

    private transient ChunkParser parser;
    private transient DeadLetters deadLetters;
    private transient Counter rejected;
    private transient Counter unknownFields;
    private transient BadRecordAlarm alarm;

    public ParseBolt(RecordParser.Factory parserFactory, DeadLetters.Factory deadLettersFactory) {
        this.parserFactory = Objects.requireNonNull(parserFactory, "parserFactory");
        this.deadLettersFactory = Objects.requireNonNull(deadLettersFactory, "deadLettersFactory");
    }

    @Override
    void open(TopologyContext context, InstantSource clock) {
        deadLetters = deadLettersFactory.create();
        rejected = context.registerCounter(TopologyNames.METRIC_REJECTED);
        unknownFields = context.registerCounter(TopologyNames.METRIC_UNKNOWN_FIELDS);
        alarm = new BadRecordAlarm(
                context.getThisComponentId() + " task " + context.getThisTaskIndex(),
                LoggerFactory.getLogger(ParseBolt.class));
        parser = new ChunkParser(parserFactory.create(), alarm::bad);
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
        ParsedChunk parsed = parser.parse(records);
        unknownFields.inc(parsed.unknownFields());
        collector.emit(anchor, new Values(parsed.changes()));
        List<DeadLetter> letters = parsed.letters();
        if (letters.isEmpty()) {
            return () -> new WriteResult.Done(0, 0);
        }
        rejected.inc(letters.size());
        return () -> deadLetters.write(letters);
    }

    @Override
    public void cleanup() {
        alarm.close();
        deadLetters.close();
    }

    @Override
    public void declareOutputFields(OutputFieldsDeclarer declarer) {
        declarer.declare(new Fields(TopologyNames.CHUNK));
    }
}
