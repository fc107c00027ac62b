package org.offerstorm.sinks.postgres;

import java.io.IOException;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.OffsetRange;
import org.offerstorm.core.model.Source;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * The statements of one transaction, on a connection that does not commit by itself: lock, apply changes once or in several
 * parts, cover, commit. Used by one thread.
 */
final class ChunkTransaction {
    /** Plans are made once, while tables may be empty, and must still be right when they are full: by index, always. */
    static final String SESSION = """
            set enable_seqscan to off; set enable_hashjoin to off; set enable_mergejoin to off; set jit to off;
            set plan_cache_mode to force_generic_plan;
            create temporary table if not exists pg_temp.staged_versions (
                id text collate "C", epoch integer, partition integer, "offset" bigint, deleted boolean,
                updated_at timestamptz, valid_from timestamptz, valid_to timestamptz,
                is_current boolean, is_late boolean, is_newest boolean,
                closes_epoch integer, closes_offset bigint, closes_valid_from timestamptz, closes_at timestamptz,
                continent text, category text, profession_id bigint, contract_type text, name text,
                latitude double precision, longitude double precision, company text, description text,
                published_at timestamptz, url text, city text, country text, remote boolean,
                salary_min double precision, salary_max double precision, salary_currency text, salary_period text,
                valid_through timestamptz, fields jsonb
            ) on commit delete rows""";

    private static final String OFFER = "continent, category, profession_id, contract_type, name, latitude, longitude,"
            + " company, description, published_at, url, city, country, remote, salary_min, salary_max, salary_currency,"
            + " salary_period, valid_through, fields";

    private static final String LOCK =
            "select topic, topic_id, epoch, partitions, consumer_group from source_identity for update";

    private static final String IS_EMPTY = "select not exists (select from offers)"
            + " and not exists (select from offer_tombstones) and not exists (select from offerstorm_coverage)"
            + " and not exists (select from offer_counts)";

    private static final String INSERT_SOURCE = "insert into source_identity"
            + " (topic, topic_id, epoch, partitions, consumer_group) values (?, ?, ?, ?, ?) on conflict do nothing";

    private static final String UPDATE_SOURCE =
            "update source_identity set topic = ?, topic_id = ?, epoch = ?, partitions = ?, consumer_group = ?";

    private static final String KNOWN = """
            select id, epoch, "offset", updated_at, category, continent from offers where id = any (?)
            union all
            select id, epoch, "offset", deleted_at, null, null from offer_tombstones where id = any (?)""";

    private static final String COPY = "copy staged_versions from stdin (format binary)";

    private static final String INSERT_VERSIONS = "insert into offer_versions"
            + " (id, epoch, partition, \"offset\", operation, valid_from, valid_to, is_current, " + OFFER + ")"
            + " select id, epoch, partition, \"offset\", case when deleted then 'delete' else 'upsert' end,"
            + " valid_from, valid_to, is_current, " + OFFER + " from staged_versions where ";

    private static final String INSERT_FRESH = INSERT_VERSIONS + "not is_late on conflict do nothing";

    private static final String INSERT_LATE = INSERT_VERSIONS + "is_late on conflict do nothing returning id";

    private static final String CLOSE = """
            update offer_versions v set valid_to = s.closes_at, is_current = false from staged_versions s
            where s.closes_offset is not null and v.id = s.id and v.epoch = s.closes_epoch
                and v."offset" = s.closes_offset and v.valid_from = s.closes_valid_from""";

    private static final String UPSERT_OFFERS = "insert into offers as o"
            + " (id, epoch, partition, \"offset\", updated_at, " + OFFER + ")"
            + " select id, epoch, partition, \"offset\", updated_at, " + OFFER
            + " from staged_versions where is_newest and not deleted"
            + " on conflict (id) do update set epoch = excluded.epoch, partition = excluded.partition,"
            + " \"offset\" = excluded.\"offset\", updated_at = excluded.updated_at, "
            + OFFER.replaceAll("(\\w+)", "$1 = excluded.$1")
            + " where (o.epoch, o.\"offset\") < (excluded.epoch, excluded.\"offset\")";

    private static final String DELETE_OFFERS =
            "delete from offers o using staged_versions s where s.is_newest and s.deleted and o.id = s.id";

    private static final String UPSERT_TOMBSTONES = """
            insert into offer_tombstones as t (id, epoch, partition, "offset", deleted_at)
            select id, epoch, partition, "offset", updated_at from staged_versions where is_newest and deleted
            on conflict (id) do update set epoch = excluded.epoch, partition = excluded.partition,
                "offset" = excluded."offset", deleted_at = excluded.deleted_at
            where (t.epoch, t."offset") < (excluded.epoch, excluded."offset")""";

    private static final String DELETE_TOMBSTONES =
            "delete from offer_tombstones t using staged_versions s where s.is_newest and not s.deleted and t.id ="
                    + " s.id";

    /** Goes over all versions of some offers; looks up again only those that change, for an offer may have very many. */
    private static final String REPAIR = """
            update offer_versions v set valid_to = r.valid_to, is_current = r.is_current
            from (select id, epoch, "offset", valid_from, valid_to as was_valid_to, is_current as was_current,
                    min(valid_from) over newer as valid_to, count(*) over newer = 0 as is_current
                from offer_versions where id = any (?)
                window newer as (partition by id order by epoch desc, "offset" desc
                    rows between unbounded preceding and 1 preceding)) r
            where v.id = r.id and v.epoch = r.epoch and v."offset" = r."offset" and v.valid_from = r.valid_from
                and (r.was_valid_to is distinct from r.valid_to or r.was_current <> r.is_current)""";

    private static final String RAISE_COUNTS = """
            insert into offer_counts as c (category, continent, live_offers)
            select * from unnest(?::text[], ?::text[], ?::bigint[])
            on conflict (category, continent) do update set live_offers = c.live_offers + excluded.live_offers""";

    private static final String LOWER_COUNTS = """
            update offer_counts c set live_offers = c.live_offers - d.fewer
            from unnest(?::text[], ?::text[], ?::bigint[]) as d (category, continent, fewer)
            where c.category = d.category collate "C" and c.continent = d.continent collate "C"
                and c.live_offers >= d.fewer""";

    private static final String DELETE_ZEROS = "delete from offer_counts where live_offers = 0";

    private static final String COVERAGE =
            "select partition, next_offset, parked from offerstorm_coverage where partition = any (?)";

    private static final String COVER = """
            insert into offerstorm_coverage (partition, next_offset, parked)
            select * from unnest(?::integer[], ?::bigint[], ?::text[])
            on conflict (partition) do update set next_offset = excluded.next_offset, parked = excluded.parked""";

    private final PostgresConnection connection;
    private final CopyRows copyRows;

    /** What {@code source_identity} has. */
    record Stored(Source source, String group) {}

    /** @param connection is open, and limits each statement to what is left of the call's time */
    ChunkTransaction(PostgresConnection connection, CopyRows copyRows) {
        this.connection = connection;
        this.copyRows = copyRows;
    }

    /** Waits until no other transaction writes here; null if nothing was ever written. */
    Stored lock() throws SQLException {
        try (PreparedStatement lock = connection.get().prepareStatement(LOCK);
                ResultSet row = lock.executeQuery()) {
            return row.next()
                    ? new Stored(
                            new Source(row.getString(1), row.getString(2), row.getInt(3), row.getInt(4)),
                            row.getString(5))
                    : null;
        }
    }

    /** Whether there is nothing at all, which is how it must be where no source is known. */
    boolean isEmpty() throws SQLException {
        try (PreparedStatement statement = connection.get().prepareStatement(IS_EMPTY);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /** Notes whose offers these will be; false if another transaction did so in the meantime. */
    boolean insertSource(Source source, String group) throws SQLException {
        return writeSource(INSERT_SOURCE, source, group) == 1;
    }

    /** Goes on with another log, or group; the coverage of another log has gone. */
    void updateSource(Source source, String group, boolean isRaised) throws SQLException {
        writeSource(UPDATE_SOURCE, source, group);
        if (isRaised) {
            try (Statement statement = connection.get().createStatement()) {
                statement.execute("delete from offerstorm_coverage");
            }
        }
    }

    private int writeSource(String sql, Source source, String group) throws SQLException {
        try (PreparedStatement statement = connection.get().prepareStatement(sql)) {
            statement.setString(1, source.topic());
            statement.setString(2, source.topicId());
            statement.setInt(3, source.epoch());
            statement.setInt(4, source.partitions());
            statement.setString(5, group);
            return statement.executeUpdate();
        }
    }

    /**
     * Writes changes.
     *
     * @return how many versions were new
     * @throws RefusedRows if the server takes at least one of them never; the transaction must be rolled back, to a savepoint at
     *     least
     * @throws DamagedTables if counts do not fit the offers
     */
    int apply(int epoch, List<Change> changes) throws SQLException, RefusedRows, DamagedTables {
        if (changes.isEmpty()) {
            return 0;
        }
        ChunkPlan plan;
        Set<String> outOfOrder;
        int written = 0;
        try {
            plan = ChunkPlan.of(epoch, changes, known(changes));
            copy(epoch, plan);
            outOfOrder = new LinkedHashSet<>(plan.outOfTime());
            try (PreparedStatement statement = connection.get().prepareStatement(statements(plan))) {
                boolean isResult = statement.execute();
                if (plan.hasFresh()) {
                    written += statement.getUpdateCount();
                    isResult = statement.getMoreResults();
                }
                if (isResult) {
                    try (ResultSet late = statement.getResultSet()) {
                        while (late.next()) {
                            outOfOrder.add(late.getString(1));
                            written++;
                        }
                    }
                }
            }
        } catch (SQLException e) {
            if (SqlStates.isRefusal(e)) {
                throw new RefusedRows(e);
            }
            throw e;
        }
        if (!outOfOrder.isEmpty()) {
            try (PreparedStatement repair = connection.get().prepareStatement(REPAIR)) {
                repair.setArray(1, array(outOfOrder));
                repair.executeUpdate();
            }
        }
        count(plan.deltas());
        return written;
    }

    /** Takes the rows of an earlier {@link #apply} of this transaction away, before the next one. */
    void clear() throws SQLException {
        try (PreparedStatement statement = connection.get().prepareStatement("delete from staged_versions")) {
            statement.executeUpdate();
        }
    }

    /** Extends the coverage. */
    void cover(List<OffsetRange> ranges) throws SQLException {
        if (ranges.isEmpty()) {
            return;
        }
        Map<Integer, PartitionCoverage> stored = new HashMap<>();
        Integer[] partitions = new Integer[ranges.size()];
        for (int i = 0; i < partitions.length; i++) {
            partitions[i] = ranges.get(i).partition();
        }
        Array asked = connection.get().createArrayOf("integer", partitions);
        try (PreparedStatement statement = connection.get().prepareStatement(COVERAGE)) {
            statement.setArray(1, asked);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    stored.put(rows.getInt(1), new PartitionCoverage(rows.getObject(2, Long.class), rows.getString(3)));
                }
            }
        }
        Long[] next = new Long[partitions.length];
        String[] parked = new String[partitions.length];
        for (int i = 0; i < partitions.length; i++) {
            PartitionCoverage after = stored.getOrDefault(partitions[i], PartitionCoverage.NOTHING)
                    .with(ranges.get(i));
            next[i] = after.next();
            parked[i] = after.parked();
        }
        try (PreparedStatement statement = connection.get().prepareStatement(COVER)) {
            statement.setArray(1, asked);
            statement.setArray(2, connection.get().createArrayOf("bigint", next));
            statement.setArray(3, connection.get().createArrayOf("text", parked));
            statement.executeUpdate();
        }
    }

    private Map<String, StoredVersion> known(List<Change> changes) throws SQLException {
        String[] ids = new String[changes.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = changes.get(i).id();
        }
        Array asked = connection.get().createArrayOf("text", ids);
        Map<String, StoredVersion> known = new HashMap<>(ids.length * 2);
        try (PreparedStatement statement = connection.get().prepareStatement(KNOWN)) {
            statement.setArray(1, asked);
            statement.setArray(2, asked);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    OffsetDateTime time = rows.getObject(4, OffsetDateTime.class);
                    String category = rows.getString(5);
                    Cell cell = category == null ? null : Cell.of(category, Continent.valueOf(rows.getString(6)));
                    known.put(
                            rows.getString(1),
                            new StoredVersion(rows.getInt(2), rows.getLong(3), VersionTime.of(time), cell));
                }
            }
        }
        return known;
    }

    private void copy(int epoch, ChunkPlan plan) throws SQLException {
        copyRows.encode(epoch, plan.rows());
        CopyIn copy = connection.get().unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
        try {
            copy.writeToCopy(copyRows.bytes(), 0, copyRows.length());
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    /** What the plan asks for, sent at once. */
    private static String statements(ChunkPlan plan) {
        List<String> statements = new ArrayList<>();
        if (plan.hasFresh()) {
            statements.add(INSERT_FRESH);
        }
        if (plan.hasLate()) {
            statements.add(INSERT_LATE);
        }
        if (plan.closes()) {
            statements.add(CLOSE);
        }
        if (plan.hasUpserts()) {
            statements.add(UPSERT_OFFERS);
        }
        if (plan.hasDeletes()) {
            statements.add(DELETE_OFFERS);
            statements.add(UPSERT_TOMBSTONES);
        }
        if (plan.revives()) {
            statements.add(DELETE_TOMBSTONES);
        }
        return String.join(";", statements);
    }

    private void count(Map<Cell, Long> deltas) throws SQLException, DamagedTables {
        List<Map.Entry<Cell, Long>> more = new ArrayList<>();
        List<Map.Entry<Cell, Long>> fewer = new ArrayList<>();
        deltas.entrySet().forEach(entry -> (entry.getValue() > 0 ? more : fewer).add(entry));
        if (!more.isEmpty()) {
            move(RAISE_COUNTS, more);
        }
        if (!fewer.isEmpty()) {
            if (move(LOWER_COUNTS, fewer) < fewer.size()) {
                throw new DamagedTables("offer_counts has fewer offers in one of the cells "
                        + fewer.stream()
                                .limit(5)
                                .map(entry -> entry.getKey().key())
                                .toList()
                        + " than offers has: rows were changed by hand. Count them again (docs/postgres.md has the"
                        + " statements), or drop the schema and run setup, and all is read again from the topic");
            }
            try (PreparedStatement statement = connection.get().prepareStatement(DELETE_ZEROS)) {
                statement.executeUpdate();
            }
        }
    }

    private int move(String sql, List<Map.Entry<Cell, Long>> deltas) throws SQLException {
        String[] categories = new String[deltas.size()];
        String[] continents = new String[deltas.size()];
        Long[] by = new Long[deltas.size()];
        for (int i = 0; i < by.length; i++) {
            categories[i] = deltas.get(i).getKey().category();
            continents[i] = deltas.get(i).getKey().continent().name();
            by[i] = Math.abs(deltas.get(i).getValue());
        }
        try (PreparedStatement statement = connection.get().prepareStatement(sql)) {
            statement.setArray(1, connection.get().createArrayOf("text", categories));
            statement.setArray(2, connection.get().createArrayOf("text", continents));
            statement.setArray(3, connection.get().createArrayOf("bigint", by));
            return statement.executeUpdate();
        }
    }

    private Array array(Set<String> texts) throws SQLException {
        return connection.get().createArrayOf("text", texts.toArray());
    }

    /** The server does not take a row, however often it is sent. */
    static final class RefusedRows extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedRows(SQLException cause) {
            super(SqlStates.refusal(cause), cause);
        }
    }

    /** Tables do not fit each other. */
    static final class DamagedTables extends IOException {
        private static final long serialVersionUID = 1L;

        DamagedTables(String message) {
            super(message);
        }
    }
}
