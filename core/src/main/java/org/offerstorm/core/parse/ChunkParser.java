package org.offerstorm.core.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.ChunkHeader;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.parse.ParseResult.Accepted;
import org.offerstorm.core.parse.ParseResult.Rejected;
import org.offerstorm.core.sink.DeadLetter;

/**
 * Parses chunks of records into changes, and makes a dead letter of each record that is refused. Each parsing task has
 * its own; one thread. Never throws for anything that a record holds.
 */
public final class ChunkParser {
    private final RecordParser parser;
    private final RejectionListener listener;

    /** Hears of each refused record, in the order of the chunk, by the parser's thread. */
    @FunctionalInterface
    public interface RejectionListener {
        void rejected(ChunkHeader header, SourcePosition position, Rejected rejected);
    }

    public ChunkParser(RecordParser parser) {
        this(parser, (header, position, rejected) -> {});
    }

    public ChunkParser(RecordParser parser, RejectionListener listener) {
        this.parser = Objects.requireNonNull(parser, "parser");
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    /**
     * Parses every record; a refused one does not keep its neighbours.
     *
     * @throws SourceUnavailable if a server that the parser needs is away
     */
    public ParsedChunk parse(Chunk<SourceRecord> records) {
        return begin(records).run();
    }

    /** What will parse these records; it has not begun yet. */
    public Parsing begin(Chunk<SourceRecord> records) {
        return new Parsing(records);
    }

    /** The parsing of one chunk, which an outage of a server that the parser needs may interrupt. */
    public final class Parsing {
        private final Chunk<SourceRecord> records;
        private final List<Change> changes;
        private final List<DeadLetter> letters = new ArrayList<>(0);
        private long unknownFields;
        private int next;

        private Parsing(Chunk<SourceRecord> records) {
            this.records = records;
            changes = new ArrayList<>(records.size());
        }

        /**
         * Parses what is left. Each record has one verdict, of which the listener hears once, no matter how many runs it
         * takes.
         *
         * @throws SourceUnavailable if a server that the parser needs is away; the next run continues with that record
         */
        public ParsedChunk run() {
            ChunkHeader header = records.header();
            List<SourceRecord> items = records.items();
            for (; next < items.size(); next++) {
                SourceRecord record = items.get(next);
                ParseResult result = parser.parse(record);
                if (result instanceof Accepted accepted) {
                    changes.add(accepted.change());
                    unknownFields += parser.unknownFields();
                } else if (result instanceof Rejected rejected) {
                    listener.rejected(header, record.position(), rejected);
                    letters.add(DeadLetter.of(
                            header.source(),
                            record,
                            TopologyNames.PARSE,
                            rejected.reason().code(),
                            rejected.detail()));
                }
            }
            return new ParsedChunk(new Chunk<>(header, changes), letters, unknownFields);
        }
    }
}
