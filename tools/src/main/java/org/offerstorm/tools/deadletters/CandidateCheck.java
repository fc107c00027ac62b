package org.offerstorm.tools.deadletters;

import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.parse.ParseResult;
import org.offerstorm.core.parse.RecordParser;
import org.offerstorm.core.sink.DeadLetter;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.formats.RecordParsers;
import org.offerstorm.sinks.deadletter.StoredLetter;

/** Judges letters by themselves, their values as the stream would: by its mapping, if it has one. One thread. */
final class CandidateCheck {
    private final RecordParser parser;
    private final boolean keyIsId;

    /** @param data what the topic's records are */
    CandidateCheck(DataSet data) {
        this.parser = RecordParsers.of(data).create();
        this.keyIsId = data.mapping() == null || data.mapping().keyIsId();
    }

    /**
     * Checks everything that the letter alone shows.
     *
     * @param source the topic as it is now
     * @param value what would be sent
     */
    Candidate of(StoredLetter stored, byte[] value, Source source) {
        DeadLetter letter = stored.letter();
        LetterPosition position = LetterPosition.of(stored);
        Source from = letter.source();
        if (letter.stage().equals("spout")) {
            return hard(position, "reports a gap in the log: there is no record to replay");
        }
        if (!from.topic().equals(source.topic())) {
            return hard(
                    position,
                    "is of topic " + PlainText.of(from.topic()) + ", the configuration's is " + source.topic()
                            + "; give the configuration of that stream");
        }
        if (from.epoch() > source.epoch()) {
            return hard(position, "is of epoch " + from.epoch() + ", source.epoch is " + source.epoch());
        }
        if (from.epoch() == source.epoch() && !from.topicId().equals(source.topicId())) {
            return hard(
                    position,
                    "is of an earlier topic " + source.topic() + " of the same epoch (topic id "
                            + PlainText.of(from.topicId()) + ", now " + source.topicId()
                            + "): which of the two records is newer is unknown");
        }
        ParseResult result = parser.parse(new SourceRecord(letter.position(), letter.key(), value));
        if (result instanceof ParseResult.Accepted accepted) {
            return new Candidate(
                    position,
                    accepted.change().id(),
                    from.version(letter.position().offset()),
                    null,
                    false);
        }
        ParseResult.Rejected bad = (ParseResult.Rejected) result;
        // A deletion has no value that could be wrong.
        boolean key = keyIsId
                && parser.parse(new SourceRecord(letter.position(), letter.key(), null))
                        instanceof ParseResult.Rejected;
        return new Candidate(
                position,
                null,
                0,
                "would be refused again: " + bad.reason().code() + ", " + PlainText.of(bad.detail())
                        + (key
                                ? "; no other value repairs a key: produce the offer under a valid one, and drop the letter"
                                : "; --value FILE replays a repaired value"),
                false);
    }

    private static Candidate hard(LetterPosition position, String obstacle) {
        return new Candidate(position, null, 0, obstacle, true);
    }
}
