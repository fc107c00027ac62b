package org.offerstorm.tools.trace;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.sinks.Sinks;
import org.offerstorm.sinks.changes.ChangePosition;
import org.offerstorm.sinks.changes.Changes;
import org.offerstorm.sinks.changes.ChangesConfig;
import org.offerstorm.sinks.changes.ChangesReader;
import org.offerstorm.sinks.hdfs.Hdfs;
import org.offerstorm.sinks.hdfs.HdfsConfig;
import org.offerstorm.sinks.hdfs.HdfsOffers;
import org.offerstorm.sinks.postgres.OfferVersion;
import org.offerstorm.sinks.postgres.Postgres;
import org.offerstorm.sinks.postgres.PostgresLookup;
import org.offerstorm.sinks.redis.ChangeId;
import org.offerstorm.sinks.redis.CountedChange;
import org.offerstorm.sinks.redis.Redis;
import org.offerstorm.sinks.redis.RedisLive;
import org.offerstorm.sinks.redis.RedisVersions;
import org.offerstorm.sinks.solr.IndexedOffer;
import org.offerstorm.sinks.solr.Solr;
import org.offerstorm.sinks.solr.SolrOffers;

/** Asks each store for one offer. Connects for each question; one thread. */
final class StoreQuestions {
    /** Rows that PostgreSQL's history is asked for. */
    static final int MOST_VERSIONS = 200;

    /** Changes of Redis' stream that are read at once. */
    private static final int PAGE = 1_000;

    private static final String SEARCHABLE = "searchable";
    private static final String STILL_FOUND = "still found by searches";

    private static final Map<SinkKind<?>, Question> ALL = Map.of(
            Redis.KIND, (config, id, rows) -> redis(config, id),
            Solr.KIND, (config, id, rows) -> solr(config, id),
            Postgres.KIND, (config, id, rows) -> postgres(config, id),
            Changes.KIND, (config, id, rows) -> changes(config),
            Hdfs.KIND, StoreQuestions::hdfs);

    private final OfferstormConfig config;

    StoreQuestions(OfferstormConfig config) {
        this.config = config;
    }

    /** One store's question. */
    @FunctionalInterface
    private interface Question {
        /** @param rows those to look for, if the store cannot find an offer by its id; null: all */
        Answer ask(OfferstormConfig config, String id, Collection<HdfsOffers.Wanted> rows) throws IOException;
    }

    /** Whether the kind's store can be asked. */
    static boolean has(SinkKind<?> kind) {
        return ALL.containsKey(kind);
    }

    /** The configured sinks, each after the one that it follows, and otherwise the lightest first. */
    static List<SinkKind<?>> of(OfferstormConfig config) {
        return Sinks.LIGHTEST_FIRST.stream()
                .filter(config.sinks()::contains)
                .sorted(Comparator.comparing(kind -> kind.after().isPresent()))
                .toList();
    }

    /** Asks a store; an outage is an answer. */
    Answer ask(SinkKind<?> kind, String id, Collection<HdfsOffers.Wanted> rows) {
        Question question = ALL.get(kind);
        if (question == null) {
            return Answer.failed(kind, "trace does not know this store");
        }
        try {
            return question.ask(config, id, rows);
        } catch (IOException | IllegalArgumentException e) {
            String said = String.valueOf(e.getMessage()).split("; For more details", 2)[0];
            return Answer.failed(kind, PlainText.of(said.replaceAll("\\s+", " ")));
        }
    }

    private static Answer redis(OfferstormConfig config, String id) throws IOException {
        try (RedisVersions redis = new RedisVersions(config.of(Redis.KIND))) {
            RedisVersions.Version version = redis.of(List.of(id)).get(id);
            if (version == null) {
                return Answer.of(Redis.KIND, List.of(), "");
            }
            String cell = version.deleted() ? Holding.DELETED : redis.cell(version.cell());
            return Answer.of(
                    Redis.KIND,
                    List.of(new Holding(
                            version.version(),
                            null,
                            cell == null ? "cell number " + version.cell() : cell,
                            null,
                            "",
                            false)),
                    "");
        }
    }

    private static Answer solr(OfferstormConfig config, String id) throws IOException {
        SolrOffers solr = new SolrOffers(config.of(Solr.KIND));
        Optional<IndexedOffer> written = solr.newest(id);
        List<IndexedOffer> searchable = new ArrayList<>();
        solr.forEach(List.of(id), searchable::add);
        List<Holding> holdings = new ArrayList<>();
        written.ifPresent(offer -> holdings.add(holding(
                offer,
                searchable.stream().anyMatch(seen -> seen.version() == offer.version())
                        ? SEARCHABLE
                        : "not searchable yet")));
        for (IndexedOffer seen : searchable) {
            if (written.filter(offer -> offer.version() == seen.version()).isEmpty()) {
                holdings.add(holding(seen, STILL_FOUND));
            }
        }
        return Answer.of(Solr.KIND, holdings, "");
    }

    /** Whether a document of Solr is found by searches: the newest one, or the one before it. */
    static boolean isSearchable(Holding holding) {
        return holding.where().equals(SEARCHABLE) || holding.where().equals(STILL_FOUND);
    }

    private static Holding holding(IndexedOffer offer, String where) {
        String value = offer.deleted() ? Holding.DELETED : String.valueOf(offer.cell());
        return new Holding(offer.version(), null, value, null, where, false);
    }

    private static Answer postgres(OfferstormConfig config, String id) throws IOException {
        List<Holding> holdings = new ArrayList<>();
        List<OfferVersion> versions;
        try (PostgresLookup postgres = new PostgresLookup(config.of(Postgres.KIND))) {
            postgres.newest(id)
                    .forEach(row -> holdings.add(holding(row, row.isDeleted() ? "offer_tombstones" : "offers", false)));
            versions = postgres.versions(id, MOST_VERSIONS);
        }
        versions.forEach(row -> holdings.add(holding(row, "offer_versions", true)));
        return Answer.of(
                Postgres.KIND,
                holdings,
                versions.size() == MOST_VERSIONS ? "older versions than " + MOST_VERSIONS + " were not read" : "");
    }

    private static Holding holding(OfferVersion row, String where, boolean isHistory) {
        boolean isTimed = row.validFrom() != OfferVersion.MINUS_INFINITY && row.validFrom() != OfferVersion.INFINITY;
        return new Holding(
                row.version(),
                row.partition(),
                value(row.offer() == null ? null : row.offer().cell()),
                isTimed ? row.validFrom() : null,
                where,
                isHistory);
    }

    private static String value(Cell cell) {
        return cell == null ? Holding.DELETED : cell.key();
    }

    private static Answer changes(OfferstormConfig config) throws IOException {
        ChangesConfig changes = config.of(Changes.KIND);
        Optional<ChangePosition> position = new ChangesReader(changes, changes.servers(config)).position();
        boolean isUpToDate;
        try (RedisLive redis = new RedisLive(config.of(Redis.KIND))) {
            isUpToDate = !movesTable(redis, position.map(ChangePosition::redis).orElse(RedisLive.START));
        }
        return new Answer(Changes.KIND, List.of(), position, isUpToDate, "", true, null);
    }

    /** Whether Redis counted something after a change that is to be published: a correction within a cell is not. */
    private static boolean movesTable(RedisLive redis, ChangeId after) throws IOException {
        if (redis.oldest().compareTo(after) > 0) {
            return true; // some are not there any more
        }
        List<CountedChange> page = redis.changes(after, PAGE);
        while (!page.isEmpty()) {
            if (page.stream().anyMatch(change -> !change.cells().isEmpty())) {
                return true;
            }
            page = redis.changes(page.get(page.size() - 1).id(), PAGE);
        }
        return false;
    }

    private static Answer hdfs(OfferstormConfig config, String id, Collection<HdfsOffers.Wanted> rows)
            throws IOException {
        if (rows != null && rows.isEmpty()) {
            return new Answer(Hdfs.KIND, List.of(), Optional.empty(), false, "", false, null);
        }
        HdfsConfig hdfs = config.of(Hdfs.KIND);
        List<Holding> holdings = new ArrayList<>();
        HdfsOffers.Finds finds = (row, path, open) -> holdings.add(new Holding(
                row.version(),
                row.partition(),
                value(row.deleted() ? null : row.cell()),
                row.timestampMillis(),
                path + (open ? " (open)" : ""),
                true));
        try (HdfsOffers offers = new HdfsOffers(hdfs)) {
            HdfsOffers.Searched searched = rows == null ? offers.find(id, finds) : offers.find(id, rows, finds);
            holdings.sort((a, b) -> Long.compare(b.version(), a.version()));
            return Answer.of(
                    Hdfs.KIND,
                    holdings,
                    String.format(
                            Locale.ROOT,
                            "read %,d of %,d files",
                            searched.read(),
                            searched.read() + searched.passed()));
        }
    }
}
