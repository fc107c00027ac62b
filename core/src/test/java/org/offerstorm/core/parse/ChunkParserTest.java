package org.offerstorm.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.ChunkHeader;
import org.offerstorm.core.model.Delete;
import org.offerstorm.core.model.OffsetRange;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.model.Upsert;
import org.offerstorm.core.sink.DeadLetter;

class ChunkParserTest {
    private static final Source SOURCE = new Source("offers", "AAAAAAAAAAAAAAAAAAAAAA", 2, 1);
    private static final ChunkHeader HEADER =
            new ChunkHeader(SOURCE, 0, 1, List.of(new OffsetRange(0, 0, 5, true)), List.of(), false);

    @Test
    void each_record_becomes_a_change_or_a_letter_in_the_order_of_the_chunk() {
        SourceRecord good = record(0, "{\"id\":\"a\",\"name\":\"n\"}");
        SourceRecord bad = record(1, "{");
        SourceRecord deletion = record(2, null);
        SourceRecord empty = record(3, " ");
        SourceRecord last = record(4, "{\"id\":\"a\",\"name\":\"m\"}");

        ParsedChunk parsed = new ChunkParser(new OfferParser()).parse(chunk(good, bad, deletion, empty, last));

        assertThat(parsed.changes().header()).isSameAs(HEADER);
        assertThat(parsed.changes().items())
                .extracting(Change::position)
                .containsExactly(good.position(), deletion.position(), last.position());
        assertThat(parsed.changes().items().get(0))
                .isInstanceOfSatisfying(
                        Upsert.class, upsert -> assertThat(upsert.cell()).isNull());
        assertThat(parsed.changes().items().get(1)).isEqualTo(new Delete(deletion.position(), "a"));
        assertThat(parsed.letters())
                .extracting(DeadLetter::position, DeadLetter::reason)
                .containsExactly(tuple(bad.position(), "bad_json"), tuple(empty.position(), "empty_value"));
    }

    @Test
    void a_letter_keeps_the_whole_record() {
        SourceRecord bad = record(1, "[]");

        DeadLetter letter =
                new ChunkParser(new OfferParser()).parse(chunk(bad)).letters().get(0);

        assertThat(letter.source()).isEqualTo(SOURCE);
        assertThat(letter.key()).isSameAs(bad.key());
        assertThat(letter.value()).isSameAs(bad.value());
        assertThat(letter.stage()).isEqualTo("parse");
        assertThat(letter.reason()).isEqualTo("not_an_object");
        assertThat(letter.detail()).isNotEmpty();
    }

    @Test
    void a_chunk_of_which_no_record_is_left_keeps_its_header() {
        ParsedChunk parsed = new ChunkParser(new OfferParser()).parse(chunk(record(0, "{"), record(1, "")));

        assertThat(parsed.changes()).isEqualTo(new Chunk<>(HEADER, List.of()));
        assertThat(parsed.letters()).hasSize(2);
    }

    @Test
    void unknown_fields_are_counted_of_accepted_records_alone() {
        ParsedChunk parsed = new ChunkParser(new OfferParser())
                .parse(chunk(
                        record(0, "{\"id\":\"a\",\"name\":\"n\",\"pay\":1,\"link\":2}"),
                        record(1, "{\"id\":\"a\",\"name\":7,\"pay\":1}"),
                        record(2, "{\"id\":\"a\",\"name\":\"n\",\"home\":true}"),
                        record(3, null)));

        assertThat(parsed.unknownFields()).isEqualTo(3);
        assertThat(parsed.letters()).hasSize(1);
    }

    @Test
    void the_listener_hears_of_each_refused_record_with_its_verdict() {
        List<String> heard = new ArrayList<>();
        ChunkParser parser = new ChunkParser(new OfferParser(), (header, position, rejected) -> {
            assertThat(header).isSameAs(HEADER);
            heard.add(position.offset() + " " + rejected.reason().code());
        });

        parser.parse(chunk(record(0, "{"), record(1, "{\"id\":\"a\",\"name\":\"n\"}"), record(2, "[]")));

        assertThat(heard).containsExactly("0 bad_json", "2 not_an_object");
    }

    @Test
    void an_outage_interrupts_and_the_next_run_continues_so_that_each_record_has_one_verdict() {
        List<Long> heard = new ArrayList<>();
        OfferParser offers = new OfferParser();
        boolean[] away = {true};
        RecordParser parser = new RecordParser() {
            @Override
            public ParseResult parse(SourceRecord record) {
                if (away[0] && record.position().offset() == 2) {
                    throw new SourceUnavailable("away", null);
                }
                return offers.parse(record);
            }

            @Override
            public int unknownFields() {
                return offers.unknownFields();
            }
        };
        ChunkParser.Parsing parsing = new ChunkParser(
                        parser, (header, position, rejected) -> heard.add(position.offset()))
                .begin(chunk(
                        record(0, "{"),
                        record(1, "{\"id\":\"a\",\"name\":\"n\",\"odd\":1}"),
                        record(2, "["),
                        record(3, null)));

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(parsing::run).isInstanceOf(SourceUnavailable.class);
        }
        away[0] = false;
        ParsedChunk parsed = parsing.run();

        assertThat(heard).containsExactly(0L, 2L);
        assertThat(parsed.letters()).hasSize(2);
        assertThat(parsed.changes().items()).hasSize(2);
        assertThat(parsed.unknownFields()).isEqualTo(1);
    }

    private static Chunk<SourceRecord> chunk(SourceRecord... records) {
        return new Chunk<>(HEADER, List.of(records));
    }

    /** A record of offer a. */
    private static SourceRecord record(long offset, String value) {
        return new SourceRecord(
                new SourcePosition(0, offset, -1), "a".getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8));
    }
}
