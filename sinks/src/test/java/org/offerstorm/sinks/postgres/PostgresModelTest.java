package org.offerstorm.sinks.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.Upsert;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.WriteResult.Done;
import org.offerstorm.sinks.memory.InMemorySink;
import org.offerstorm.sinks.memory.InMemoryStore;

/** The tables against plain folds of the log, under replays, reordering, overlaps, and times that go back. */
final class PostgresModelTest {
    @RegisterExtension
    static final PostgresUnderTest POSTGRES = new PostgresUnderTest();

    /** A record of the log. */
    private record Version(long number, Change change) {
        long time() {
            return change.position().timestampMillis();
        }

        /** By the rule: a record without a time counts as one from before all times. */
        boolean isAtOrBefore(long moment) {
            return time() == VersionTime.NONE_MILLIS || time() <= moment;
        }
    }

    private final InMemoryStore model = new InMemoryStore();
    private final Map<Long, Version> arrived = new HashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void agrees_with_the_folds_of_the_log_at_any_moment(long seed) throws Exception {
        Random random = new Random(seed);
        long start = System.currentTimeMillis() - 200L * 86_400_000;
        List<Chunk<Change>> sent =
                new ArrayList<>(RandomVersions.disturbed(new RandomVersions(random, 40, start).chunks(25, 30), random));
        Source raised = new Source("offers", "TheTopicWasMadeOnceMor", RandomVersions.SOURCE.epoch() + 1, 5);
        sent.addAll(RandomVersions.disturbed( // times begin before those of the earlier log end
                new RandomVersions(random, 40, start + 30L * 86_400_000, raised).chunks(15, 30), random));
        try (Sink sink = new PostgresSink(POSTGRES.config(), "model");
                Sink expected = new InMemorySink("model", model);
                PostgresCounts counts = new PostgresCounts(POSTGRES.config());
                PostgresCoverage coverage = new PostgresCoverage(POSTGRES.config())) {
            int step = 0;
            for (Chunk<Change> chunk : sent) {
                expected.write(chunk);
                int fresh = arrive(chunk);
                assertThat(sink.write(chunk)).isEqualTo(new Done(fresh, chunk.size() - fresh));
                assertThat(byKey(counts.read())).isEqualTo(model.counts());
                assertThat(coverage.coverage(chunk.header().source())).isEqualTo(model.coverage());
                if (++step % 10 == 0) {
                    tablesAreTheFold();
                }
            }
        }
        tablesAreTheFold();
        for (int i = 0; i < 60; i++) {
            List<Version> versions = List.copyOf(arrived.values());
            long moment = versions.get(random.nextInt(versions.size())).time() + random.nextInt(3) - 1;
            if (moment > 0 && moment < 4_000_000_000_000L) {
                assertThat(sorted(POSTGRES.rows(
                                Page.asOf(Instant.ofEpochMilli(moment).toString()))))
                        .as("as of %s", Instant.ofEpochMilli(moment))
                        .isEqualTo(fold(moment));
            }
        }
    }

    private static Map<String, Long> byKey(Map<Cell, Long> counts) {
        Map<String, Long> byKey = new TreeMap<>();
        counts.forEach((cell, n) -> byKey.put(cell.key(), n));
        return byKey;
    }

    private int arrive(Chunk<Change> chunk) {
        int fresh = 0;
        for (Change change : chunk.items()) {
            long number = chunk.header().source().version(change.position().offset());
            // Offsets are of a partition; ids never change theirs.
            long key = number * 8 + change.position().partition();
            if (arrived.putIfAbsent(key, new Version(number, change)) == null) {
                fresh++;
            }
        }
        return fresh;
    }

    private void tablesAreTheFold() throws IOException {
        Map<String, List<Version>> byId = byId(arrived.values());
        List<OfferVersion> live = new ArrayList<>();
        List<OfferVersion> deleted = new ArrayList<>();
        Map<List<Object>, OfferVersion> versions = new HashMap<>();
        try (PostgresTables tables = new PostgresTables(POSTGRES.config());
                PostgresCounts counts = new PostgresCounts(POSTGRES.config())) {
            tables.offers(live::add);
            tables.tombstones(deleted::add);
            tables.versions(row -> assertThat(versions.put(List.of(row.id(), row.version()), row))
                    .isNull());
            assertThat(counts.count()).isEqualTo(counts.read());
        }
        Set<String> expectedLive = new HashSet<>();
        byId.forEach((id, known) -> {
            Version newest = known.get(known.size() - 1);
            if (newest.change() instanceof Upsert) {
                expectedLive.add(id);
            }
            for (int i = 0; i < known.size(); i++) {
                checkRow(known, i, versions.remove(List.of(id, known.get(i).number())));
            }
        });
        assertThat(versions).isEmpty();
        assertThat(live).extracting(OfferVersion::id).containsExactlyInAnyOrderElementsOf(expectedLive);
        for (OfferVersion row : live) {
            Version newest = newest(byId.get(row.id()));
            assertThat(row.version()).isEqualTo(newest.number());
            assertThat(row.validFrom()).isEqualTo(OfferVersion.validFrom(newest.time()));
            assertThat(row.offer().name())
                    .isEqualTo(((Upsert) newest.change()).offer().name());
        }
        byId.keySet().removeAll(expectedLive);
        assertThat(deleted).extracting(OfferVersion::id).containsExactlyInAnyOrderElementsOf(byId.keySet());
        for (OfferVersion row : deleted) {
            assertThat(row.version()).isEqualTo(newest(byId.get(row.id())).number());
        }
    }

    private static void checkRow(List<Version> known, int i, OfferVersion row) {
        Version version = known.get(i);
        assertThat(row).as("%s", version).isNotNull();
        Long ends = known.subList(i + 1, known.size()).stream()
                .map(newer -> OfferVersion.validFrom(newer.time()))
                .min(Comparator.naturalOrder())
                .orElse(null);
        assertThat(row.validFrom()).isEqualTo(OfferVersion.validFrom(version.time()));
        assertThat(row.validTo()).as("%s of %s", version, known).isEqualTo(ends);
        assertThat(row.isCurrent()).isEqualTo(i == known.size() - 1);
        assertThat(row.isDeleted()).isEqualTo(!(version.change() instanceof Upsert));
        if (version.change() instanceof Upsert upsert) {
            assertThat(row.offer().cell()).isEqualTo(upsert.cell());
            assertThat(row.offer().name()).isEqualTo(upsert.offer().name());
        }
    }

    /** The live offers after the records at or before a moment, in the order of the log, as rows of the query. */
    private List<List<String>> fold(long moment) {
        List<List<String>> rows = new ArrayList<>();
        new TreeMap<>(byId(arrived.values().stream()
                        .filter(version -> version.isAtOrBefore(moment))
                        .toList()))
                .forEach((id, known) -> {
                    if (newest(known).change() instanceof Upsert upsert) {
                        rows.add(List.of(
                                id,
                                upsert.offer().name(),
                                upsert.offer().company(),
                                upsert.cell().category(),
                                upsert.cell().continent().name()));
                    }
                });
        return rows;
    }

    private static List<List<String>> sorted(List<List<String>> rows) {
        return rows.stream().sorted(Comparator.comparing(row -> row.get(0))).toList();
    }

    private static Version newest(List<Version> known) {
        return known.get(known.size() - 1);
    }

    private static Map<String, List<Version>> byId(Collection<Version> versions) {
        Map<String, List<Version>> byId = new HashMap<>();
        versions.stream().sorted(Comparator.comparingLong(Version::number)).forEach(version -> byId.computeIfAbsent(
                        version.change().id(), id -> new ArrayList<>())
                .add(version));
        return byId;
    }
}
