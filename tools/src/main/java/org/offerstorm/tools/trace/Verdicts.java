package org.offerstorm.tools.trace;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.offerstorm.core.geo.Continents;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.model.Upsert;
import org.offerstorm.core.parse.ParseResult;
import org.offerstorm.core.parse.RecordParser;
import org.offerstorm.core.place.Placement;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.formats.RecordParsers;
import org.offerstorm.sinks.expiry.Expirer;
import org.offerstorm.tools.deadletters.LetterPosition;
import org.offerstorm.tools.deadletters.Replay;
import org.offerstorm.tools.snapshot.Snapshot;

/** What the stream makes of records, by its own parser and placement. One thread. */
final class Verdicts {
    private final RecordParser parser;
    private final DataSet data;
    private final Source source;
    /** Made when the first offer is there, because it reads the boundaries of all continents. */
    private Placement placement;

    Verdicts(DataSet data, Source source) {
        this.parser = RecordParsers.of(data).create();
        this.data = data;
        this.source = source;
    }

    /** @throws org.offerstorm.core.parse.SourceUnavailable if a server that the parser needs is away */
    TracedRecord of(ConsumerRecord<byte[], byte[]> record) {
        SourcePosition at = new SourcePosition(record.partition(), record.offset(), record.timestamp());
        ParseResult verdict = parser.parse(new SourceRecord(at, record.key(), record.value()));
        String cell = null;
        String reason = null;
        String detail = "";
        if (verdict instanceof ParseResult.Rejected refused) {
            reason = refused.reason().code();
            detail = refused.detail();
        } else if (verdict instanceof ParseResult.Accepted accepted && accepted.change() instanceof Upsert upsert) {
            cell = placement().cell(upsert.offer()).key();
        }
        return new TracedRecord(
                record.partition(),
                record.offset(),
                record.timestamp(),
                source.version(record.offset()),
                cell,
                reason,
                detail,
                origin(record),
                replayOf(record));
    }

    private Placement placement() {
        if (placement == null) {
            placement = new Placement(data.professions(), Continents.load());
        }
        return placement;
    }

    private static List<String> origin(ConsumerRecord<byte[], byte[]> record) {
        List<String> origin = new ArrayList<>();
        for (Header header : record.headers()) {
            switch (header.key()) {
                case Expirer.HEADER -> origin.add("expired");
                case Snapshot.HEADER -> origin.add("snapshot " + PlainText.excerpt(text(header)));
                default -> {}
            }
        }
        return origin;
    }

    private static LetterPosition replayOf(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(Replay.HEADER);
        return header == null ? null : LetterPosition.parse(text(header)).orElse(null);
    }

    private static String text(Header header) {
        return header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
