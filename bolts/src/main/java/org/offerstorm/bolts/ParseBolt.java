package org.offerstorm.bolts;

import com.codahale.metrics.Counter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.storm.task.OutputCollector;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.topology.OutputFieldsDeclarer;
import org.apache.storm.tuple.Fields;
import org.apache.storm.tuple.Tuple;
import org.apache.storm.tuple.Values;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.parse.OfferParser;
import org.offerstorm.core.parse.ParseResult;
import org.offerstorm.core.sink.DeadLetter;
import org.offerstorm.core.sink.DeadLetters;
import org.offerstorm.core.sink.WriteResult;
import org.slf4j.LoggerFactory;

/**
 * Turns records into changes. A bad record goes to the dead letters, and the chunk is acked only when it is durable there;
 * its neighbours go on, and so does a chunk of which nothing is left, for its ranges must reach every sink.
 * The log hears of bad records in counts, see {@link BadRecordAlarm}.
 */
public final class ParseBolt extends HoldingBolt {
    private final DeadLetters.Factory deadLettersFactory;

    private transient OfferParser parser;
    private transient DeadLetters deadLetters;
    private transient Counter rejected;
    private transient Counter unknownFields;
    private transient BadRecordAlarm alarm;

    public ParseBolt(DeadLetters.Factory deadLettersFactory) {
        this.deadLettersFactory = Objects.requireNonNull(deadLettersFactory, "deadLettersFactory");
    }

    @Override
    void open(TopologyContext context, InstantSource clock) {
        parser = new OfferParser();
        deadLetters = deadLettersFactory.create();
        rejected = context.registerCounter(TopologyNames.METRIC_REJECTED);
        unknownFields = context.registerCounter(TopologyNames.METRIC_UNKNOWN_FIELDS);
        alarm = new BadRecordAlarm(
                context.getThisComponentId() + " task " + context.getThisTaskIndex(),
                LoggerFactory.getLogger(ParseBolt.class));
    }

    @Override
    void tick() {
        alarm.tick();
    }

    @Override
    @SuppressWarnings("unchecked") // wired behind the spout, which emits records
    Hold.Attempt attempt(Chunk<?> chunk, Tuple anchor, OutputCollector collector) {
        Chunk<SourceRecord> records = (Chunk<SourceRecord>) chunk;
        long unknown = 0;
        List<Change> changes = new ArrayList<>(records.size());
        List<DeadLetter> letters = new ArrayList<>(0);
        alarm.records(records.size());
        for (SourceRecord record : records.items()) {
            ParseResult result = parser.parse(record);
            if (result instanceof ParseResult.Accepted accepted) {
                changes.add(accepted.change());
                unknown += parser.unknownFields();
            } else if (result instanceof ParseResult.Rejected bad) {
                alarm.bad(records.header(), record.position(), bad);
                letters.add(DeadLetter.of(
                        records.header().source(),
                        record,
                        TopologyNames.PARSE,
                        bad.reason().code(),
                        bad.detail()));
            }
        }
        unknownFields.inc(unknown);
        collector.emit(anchor, new Values(new Chunk<>(records.header(), changes)));
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
