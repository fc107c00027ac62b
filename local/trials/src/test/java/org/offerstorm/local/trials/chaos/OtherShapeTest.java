package org.offerstorm.local.trials.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.model.Delete;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.model.Upsert;
import org.offerstorm.core.parse.ParseResult;
import org.offerstorm.core.parse.RecordParser;
import org.offerstorm.tools.config.ConfigLoader;
import org.offerstorm.tools.generate.Event;
import org.offerstorm.tools.generate.Mix;
import org.offerstorm.tools.generate.OfferGenerator;
import org.offerstorm.tools.generate.Profile;
import org.offerstorm.tools.mapping.DataSets;

/** The mapping makes of the other shape what the generator made, and refuses what was bad. */
class OtherShapeTest {
    private static final int EVENTS = 20_000;

    @Test
    void the_mapping_accepts_what_is_sound_and_refuses_what_is_bad(@TempDir Path directory) throws Exception {
        String mapping = OtherShape.installMapping(directory).toString();
        DataSet data = DataSets.of(ConfigLoader.load(null, Map.of("source.mapping", mapping)));
        RecordParser parser = data.parser().create();
        OtherShape shape = new OtherShape();
        OfferGenerator generator = new OfferGenerator(5, data.professions(), new Mix(200, 50, 10, 50), Profile.SPREAD);
        Set<String> fields = new TreeSet<>();
        Set<Event.Kind> kinds = new TreeSet<>();

        for (int i = 0; i < EVENTS; i++) {
            Event event = generator.next();
            kinds.add(event.kind());
            ParseResult result = parser.parse(
                    new SourceRecord(new SourcePosition(0, i, 0), event.id().getBytes(UTF_8), shape.of(event)));
            if (event.kind() == Event.Kind.BAD) {
                assertThat(result).as(event.line()).isInstanceOf(ParseResult.Rejected.class);
                continue;
            }
            assertThat(result).as(event.line()).isInstanceOf(ParseResult.Accepted.class);
            var change = ((ParseResult.Accepted) result).change();
            assertThat(change.id()).isEqualTo(event.id());
            assertThat(change instanceof Delete).isEqualTo(event.kind() == Event.Kind.DELETION);
            if (change instanceof Upsert upsert) {
                Offer offer = upsert.offer();
                assertThat(offer.details().url()).startsWith("https://jobs.example/");
                assertThat(offer.details().salary().hasMin()).isTrue();
                offer.details()
                        .fields()
                        .forEach(value -> fields.add(value.field().name()));
            }
        }

        assertThat(fields).hasSize(data.fields().size());
        assertThat(kinds).contains(Event.Kind.BAD, Event.Kind.DELETION, Event.Kind.CORRECTION);
    }
}
