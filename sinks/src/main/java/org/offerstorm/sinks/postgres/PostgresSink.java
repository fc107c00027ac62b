package org.offerstorm.sinks.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Savepoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.ChunkHeader;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.Upsert;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.StoreLoss;
import org.offerstorm.core.sink.WriteResult;
import org.offerstorm.core.sink.WriteResult.Rejection;
import org.offerstorm.sinks.postgres.ChunkTransaction.DamagedTables;
import org.offerstorm.sinks.postgres.ChunkTransaction.RefusedRows;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes each chunk in one transaction (see the package's description). Called by one thread, the bolt's executor. Errors of the server are
 * {@link WriteResult.Retryable}, but for a row that it takes never: that one is found by halving, and rejected alone.
 */
public final class PostgresSink implements Sink {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresSink.class);
    /** So many rows refused one after the other are the tables' fault, not theirs. */
    static final int MAX_REJECTED_IN_A_ROW = 10;

    private final PostgresConnection connection;
    private final PostgresConfig config;
    private final String group;
    private final CopyRows copyRows = new CopyRows();
    private Chunk<Change> refusedOf;
    private final IdentityHashMap<Change, String> refused = new IdentityHashMap<>();
    private int refusedInARow;

    /** Does not connect. */
    PostgresSink(PostgresConfig config, String group) {
        this.config = config;
        this.connection = new PostgresConnection(config, ChunkTransaction.SESSION);
        this.group = group;
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    @SuppressWarnings(
            "ReferenceEquality") // the held chunk comes again as the same object; an equal one starts from scratch
    public WriteResult write(Chunk<Change> chunk) {
        if (refusedOf != chunk) {
            refusedOf = chunk;
            refused.clear();
        }
        connection.begin();
        WriteResult result;
        try {
            try {
                result = attempt(chunk);
            } catch (SQLException e) {
                if (!SqlStates.isConflict(e)) {
                    throw e;
                }
                LOG.debug("Once more, at once", e);
                connection.close();
                result = attempt(chunk);
            }
        } catch (DamagedTables e) {
            connection.close();
            return held(e.getMessage());
        } catch (SQLException
                | RuntimeException e) { // any error of the client or the server: the next write connects again
            connection.close();
            String advice = SqlStates.advice(e);
            return new WriteResult.Retryable(
                    store() + ": " + PostgresConnection.describe(e) + "; chunks are held until it takes them"
                            + (advice == null ? "" : "; " + advice),
                    e);
        }
        if (result instanceof WriteResult.Done) {
            refusedOf = null;
            refused.clear();
        }
        return result;
    }

    @Override
    public void close() {
        connection.close();
    }

    private WriteResult attempt(Chunk<Change> chunk) throws SQLException, DamagedTables {
        if (!connection.isOpen()) {
            String refusal = PostgresCheck.refusal(connection.get(), config);
            if (refusal != null) {
                connection.close(); // look again next time
                return held(refusal);
            }
        }
        Connection jdbc = connection.get();
        jdbc.setAutoCommit(false);
        ChunkTransaction transaction = new ChunkTransaction(connection, copyRows);
        WriteResult held = begin(transaction, chunk.header());
        if (held == null) {
            int epoch = chunk.header().source().epoch();
            int written;
            try {
                written = transaction.apply(epoch, notRefused(chunk.items()));
            } catch (RefusedRows e) {
                jdbc.rollback();
                held = begin(transaction, chunk.header());
                written = held == null ? applyInParts(jdbc, transaction, epoch, notRefused(chunk.items())) : 0;
            }
            if (held == null) {
                transaction.cover(chunk.header().ranges());
                commit();
                return done(chunk, written);
            }
        }
        jdbc.rollback();
        return held;
    }

    /**
     * Where a standby confirms commits, a wait for it that is cancelled ends in a commit with a warning: it is on this server's
     * disk alone, and would be lost with it. The chunk is written again, and waits again.
     */
    private void commit() throws SQLException {
        Connection jdbc = connection.get();
        jdbc.clearWarnings();
        jdbc.commit();
        SQLWarning warning = jdbc.getWarnings();
        if (warning != null) {
            throw new SQLException(
                    "committed, but with the warning: " + warning.getMessage(), warning.getSQLState(), warning);
        }
    }

    /** Locks, and sees whose offers these are; what to return if nothing may be written, or null. */
    private WriteResult begin(ChunkTransaction transaction, ChunkHeader header) throws SQLException {
        Source source = header.source();
        ChunkTransaction.Stored stored = transaction.lock();
        if (stored == null) {
            if (!transaction.isEmpty()) {
                return held(
                        "has offers, but source_identity is empty: rows were deleted by hand. Drop the schema and run"
                                + " setup, and all is read again from the topic");
            }
            if (header.acked().earlierEpochs()) {
                return lost(header, 0); // what this epoch's log has can be written again, what earlier ones had cannot
            }
            if (transaction.insertSource(source, group)) {
                return null;
            }
            return begin(transaction, header); // another worker began at the same time, and its transaction has ended
        }
        int storedEpoch = stored.source().epoch();
        boolean isRaised = source.epoch() > storedEpoch;
        if (isRaised && header.acked().thisEpoch()) {
            return lost(header, storedEpoch);
        }
        if (!isRaised && !stored.source().equals(source)) {
            return held(anotherSource(stored.source(), header));
        }
        if (isRaised || !stored.group().equals(group)) {
            transaction.updateSource(source, group, isRaised);
        }
        return null;
    }

    private List<Change> notRefused(List<Change> changes) {
        return refused.isEmpty()
                ? changes
                : changes.stream()
                        .filter(change -> !refused.containsKey(change))
                        .toList();
    }

    /** Finds the rows that are refused; each part is applied on top of those before it. */
    private int applyInParts(Connection jdbc, ChunkTransaction transaction, int epoch, List<Change> changes)
            throws SQLException, DamagedTables {
        int written = 0;
        Deque<List<Change>> left = new ArrayDeque<>();
        left.push(changes);
        while (!left.isEmpty()) {
            List<Change> part = left.pop();
            connection.get(); // what is left of the time
            Savepoint before = jdbc.setSavepoint();
            try {
                written += transaction.apply(epoch, part);
                transaction.clear();
                jdbc.releaseSavepoint(before);
                refusedInARow = 0;
            } catch (RefusedRows e) {
                jdbc.rollback(before);
                if (part.size() > 1) {
                    int middle = part.size() / 2;
                    left.push(part.subList(middle, part.size()));
                    left.push(part.subList(0, middle));
                } else {
                    judge(jdbc, transaction, epoch, part.get(0), before, e);
                }
            }
        }
        return written;
    }

    /** One row was refused: for good only if the tables take a plain one of the same time. */
    private void judge(
            Connection jdbc,
            ChunkTransaction transaction,
            int epoch,
            Change change,
            Savepoint before,
            RefusedRows refusal)
            throws SQLException, DamagedTables {
        Offer plain = new Offer(
                "offerstorm probe",
                Offer.NO_PROFESSION,
                null,
                "probe",
                Double.NaN,
                Double.NaN,
                null,
                null,
                Offer.NO_DATE);
        Change probe = new Upsert(change.position(), plain, Cell.of(Cell.NO_PROFESSION, Continent.UNKNOWN), null);
        try {
            transaction.apply(epoch, List.of(probe));
        } catch (RefusedRows e) {
            throw new SQLException(
                    "even a plain offer is refused; compare the tables with conf/postgres: " + e.getMessage(), e);
        }
        jdbc.rollback(before);
        if (refusedInARow >= MAX_REJECTED_IN_A_ROW) {
            refused.clear(); // what was judged in this chunk is judged again
            throw new SQLException(
                    "more than " + MAX_REJECTED_IN_A_ROW + " rows in a row were refused, so the tables are at fault and"
                            + " none is given up; compare them with conf/postgres: " + refusal.getMessage(),
                    refusal);
        }
        refusedInARow++;
        refused.put(change, refusal.getMessage());
    }

    private WriteResult done(Chunk<Change> chunk, int written) {
        List<Rejection> rejected = new ArrayList<>();
        if (!refused.isEmpty()) {
            for (Change change : chunk.items()) {
                String reason = refused.get(change);
                if (reason != null) {
                    rejected.add(new Rejection(change, reason));
                }
            }
        }
        return new WriteResult.Done(written, chunk.size() - written - rejected.size(), rejected);
    }

    private static String anotherSource(Source stored, ChunkHeader header) {
        Source source = header.source();
        return "has the offers of topic " + stored.topic() + " (id " + stored.topicId() + ", epoch " + stored.epoch()
                + ", " + stored.partitions() + " partitions), but " + header.describe() + " is of topic "
                + source.topic() + " (id " + source.topicId() + ", epoch " + source.epoch() + ", "
                + source.partitions() + " partitions). If the topic was re-created, raise source.epoch above "
                + stored.epoch() + "; if partitions were added, move to a new topic and raise it; if these are other"
                + " offers, use another postgres.schema";
    }

    private WriteResult lost(ChunkHeader header, int storedEpoch) {
        return new WriteResult.Retryable(
                StoreLoss.message(
                        store(),
                        storedEpoch,
                        header.source().epoch(),
                        header.acked(),
                        "the server lost its tables, or came back older; name the right server, database and"
                                + " postgres.schema"),
                null);
    }

    private WriteResult held(String reason) {
        String message = store() + " " + reason;
        LOG.debug(message);
        return new WriteResult.Retryable(message, null);
    }

    private String store() {
        return "postgres " + connection.address() + " schema " + config.schema();
    }
}
