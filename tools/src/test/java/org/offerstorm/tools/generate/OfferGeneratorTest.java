package org.offerstorm.tools.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.model.Upsert;
import org.offerstorm.core.parse.OfferParser;
import org.offerstorm.core.parse.ParseResult;
import org.offerstorm.core.parse.ParseResult.Accepted;
import org.offerstorm.core.reference.Professions;
import org.offerstorm.core.reference.ProfessionsReader;
import org.offerstorm.tools.generate.Event.Kind;

class OfferGeneratorTest {
    private final Professions professions;

    OfferGeneratorTest() throws IOException {
        professions = ProfessionsReader.read(Path.of(System.getProperty("offerstorm.root"), "conf", "professions.csv"));
    }

    @Test
    void the_same_seed_gives_the_same_stream_and_another_seed_another() {
        OfferGenerator one = new OfferGenerator(42, professions);
        OfferGenerator same = new OfferGenerator(42, professions);
        OfferGenerator other = new OfferGenerator(43, professions);
        int different = 0;
        for (int n = 0; n < 10_000; n++) {
            Event event = one.next();
            assertThat(same.next()).isEqualTo(event);
            different += event.equals(other.next()) ? 0 : 1;
        }
        assertThat(different).isGreaterThan(9_990);
    }

    /** More offers than the ring holds, so that some fall out. */
    @Test
    void its_sums_are_those_of_a_fold_that_remembers_every_offer() {
        OfferGenerator generator = new OfferGenerator(7, professions);
        ExpectedCounts counts = new ExpectedCounts();
        Map<String, Cell> cells = new HashMap<>();
        Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);
        for (int n = 0; n < 4 * Drafts.SIZE; n++) {
            Event event = generator.next();
            counts.add(event);
            kinds.merge(event.kind(), 1, Integer::sum);
            if (!Objects.equals(cells.get(event.id()), event.before())) {
                throw new AssertionError(cells.get(event.id()) + " is not the cell before " + event);
            }
            if (event.after() == null) {
                cells.remove(event.id());
            } else {
                cells.put(event.id(), event.after());
            }
        }
        assertThat(counts.total()).isEqualTo(cells.size());
        assertThat(kinds.keySet()).containsExactly(Kind.values());
        assertThat(kinds.get(Kind.INSERT)).isGreaterThan(2 * Drafts.SIZE);
    }

    @Test
    void the_parser_refuses_exactly_the_bad_records_and_finds_the_category_foreseen() {
        OfferGenerator generator = new OfferGenerator(3, professions);
        OfferParser parser = new OfferParser();
        Set<String> moved = new HashSet<>();
        for (int n = 0; n < 50_000; n++) {
            Event event = generator.next();
            byte[] value = event.kind() == Kind.DELETION ? null : event.line().getBytes(StandardCharsets.UTF_8);
            ParseResult result = parser.parse(
                    new SourceRecord(new SourcePosition(0, n, 0), event.id().getBytes(StandardCharsets.UTF_8), value));
            assertThat(result instanceof Accepted).as("%s %s", event, result).isEqualTo(event.kind() != Kind.BAD);
            if (result instanceof Accepted accepted && accepted.change() instanceof Upsert upsert) {
                assertThat(professions.cell(upsert.offer(), event.after().continent()))
                        .isEqualTo(event.after());
                if (event.kind() == Kind.CORRECTION
                        && event.before().continent() != event.after().continent()) {
                    moved.add(event.id());
                }
            }
        }
        assertThat(moved).as("offers that changed continent").hasSizeGreaterThan(1000);
    }

    @Test
    void cities_lie_on_every_continent() {
        for (Continent continent : Continent.values()) {
            assertThat(Cities.CITIES.stream()
                            .filter(city -> city.continent() == continent)
                            .count())
                    .as("%s", continent)
                    .isGreaterThanOrEqualTo(continent == Continent.UNKNOWN ? 0 : 3);
        }
        assertThat(Cities.CITIES).hasSizeBetween(60, 100).doesNotHaveDuplicates();
    }

    @Test
    void a_mix_gives_its_shares() {
        OfferGenerator generator = new OfferGenerator(5, professions, new Mix(200, 50, 0, 50), Profile.REAL);
        Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);
        for (int n = 0; n < 100_000; n++) {
            kinds.merge(generator.next().kind(), 1, Integer::sum);
        }
        assertThat(kinds).containsOnlyKeys(Kind.INSERT, Kind.CORRECTION, Kind.DELETION, Kind.BAD);
        assertThat(kinds.get(Kind.INSERT)).isBetween(69_000, 71_000);
        assertThat(kinds.get(Kind.CORRECTION)).isBetween(19_500, 20_500);
        assertThat(kinds.get(Kind.DELETION)).isBetween(4_700, 5_300);
        assertThat(kinds.get(Kind.BAD)).isBetween(4_700, 5_300);
        assertThatThrownBy(() -> new Mix(500, 300, 100, 100)).hasMessageContaining("left for new offers");
        assertThatThrownBy(() -> new Mix(-1, 0, 0, 0)).hasMessageContaining("negative");
    }

    /** What the benchmarks rest on: 46,000 records a second are 1 GB a minute. */
    @Test
    void the_real_profile_is_european_at_few_offices_with_records_of_360_bytes() {
        OfferGenerator generator = new OfferGenerator(9, professions, Mix.USUAL, Profile.REAL);
        OfferParser parser = new OfferParser();
        Map<String, Integer> offices = new HashMap<>();
        int european = 0;
        int located = 0;
        long bytes = 0;
        int upserts = 0;
        for (int n = 0; n < 50_000; n++) {
            Event event = generator.next();
            byte[] value = event.line().getBytes(StandardCharsets.UTF_8);
            ParseResult result = parser.parse(
                    new SourceRecord(new SourcePosition(0, n, 0), event.id().getBytes(StandardCharsets.UTF_8), value));
            if (event.kind() == Kind.DELETION || !(result instanceof Accepted accepted)) {
                continue;
            }
            bytes += value.length;
            upserts++;
            var offer = ((Upsert) accepted.change()).offer();
            if (offer.hasLocation()) {
                located++;
                european += event.after().continent() == Continent.EU ? 1 : 0;
                offices.merge(offer.latitude() + "," + offer.longitude(), 1, Integer::sum);
            }
        }
        assertThat(offices).hasSizeBetween(300, 400);
        assertThat(european).isBetween(located * 93 / 100, located * 97 / 100);
        assertThat(bytes / upserts).isBetween(345L, 375L);
        assertThat(offices.values().stream().mapToInt(n -> n).max().orElseThrow())
                .isGreaterThan(10 * located / 400);
    }
}
