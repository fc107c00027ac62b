package org.offerstorm.sinks.changes;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.common.errors.TimeoutException;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.text.Messages;
import org.offerstorm.sinks.redis.ChangeId;
import org.offerstorm.sinks.redis.CountedChange;
import org.offerstorm.sinks.redis.RedisLive;
import org.offerstorm.sinks.redis.RedisOutbox;
import org.offerstorm.sinks.redis.RedisOutbox.Page;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the topic to where Redis is. What it knows (the last change that is published, the number of the next record, the
 * published table) is read from the topic whenever the writer was opened, and never outlives a failed transaction.
 *
 * <p>As long as Redis' stream still has the last published change, the changes after it are published one by one. If it does
 * not (a first start, a publisher that was away for long, a Redis that lost data), the difference between the published table
 * and Redis' table is published: one record for each cell that differs. Used by one thread.
 */
final class ChangesPublisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChangesPublisher.class);
    /** About as many as one chunk may have. */
    private static final int SMALLEST_TRANSACTION = 200;
    /** Later times have years of more than four digits, which few programs read. */
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private final RedisOutbox outbox;
    private final ChangesTopic topic;
    private final ChangesConfig config;
    private final String servers;
    private final String group;
    private final InstantSource clock;

    /** Null while the published table is not known. */
    private Map<Cell, Long> published;
    /** Null unless it is being read back from the topic, or made from Redis; each may take several calls. */
    private CommittedChanges committed;

    private Map<Cell, Long> readBack;
    private Rebuilt rebuilt;

    /** Newest counts at the end of the topic: the table that Redis' stream leads back to must have them. */
    private Map<Cell, Long> newest;
    /** Empty if nothing was ever published. */
    private Optional<ChangePosition> position = Optional.empty();

    private ChangeId last = RedisLive.START;
    /** Most records of a transaction, but for those of one chunk: as many as Kafka takes in time. */
    private int transaction = ChangesTopic.TRANSACTION;

    private long nextSeq;
    /** Where the topic ends, and the next transaction must begin. */
    private long nextOffset;

    private boolean isKnown;
    private boolean saidWaiting;

    /** The table that Redis had, from which changes are taken away until it is the published one. */
    private static final class Rebuilt {
        private final Map<Cell, Long> table;
        /** The last change that is in the table. */
        private final ChangeId end;
        /** The last one that was taken away. */
        private ChangeId at;

        Rebuilt(Page page, ChangeId last) {
            this.table = new HashMap<>(page.table().orElseThrow());
            this.end = page.newest();
            this.at = last;
        }

        boolean isComplete() {
            return at.compareTo(end) >= 0;
        }

        void takeAway(Page page) {
            for (CountedChange change : page.changes()) {
                if (change.id().compareTo(end) <= 0) {
                    change.cells().forEach((cell, delta) -> table.merge(cell, -delta, Long::sum));
                    at = change.id();
                }
            }
        }
    }

    /** How far a call came. */
    enum Progress {
        /** Everything is published that was there when the call began. */
        DONE,
        /** Redis lost what is published already, and is being filled again; until then nothing is published. */
        WAITING,
        /** There is more to do, and the next call continues. */
        UNFINISHED
    }

    /**
     * Does not connect.
     *
     * @param topic its writer has the transactional id of {@code group}
     */
    ChangesPublisher(
            RedisOutbox outbox,
            ChangesTopic topic,
            ChangesConfig config,
            String servers,
            String group,
            InstantSource clock) {
        this.outbox = outbox;
        this.topic = topic;
        this.config = config;
        this.servers = servers;
        this.group = group;
        this.clock = clock;
    }

    /**
     * Publishes what Redis has now.
     *
     * @param deadline {@link System#nanoTime} at which the call must have ended
     * @throws IOException if Redis cannot be asked
     * @throws ChangesHeld if somebody has to do something first
     * @throws RuntimeException anything that Kafka's clients throw; call {@link #forget} then
     */
    Progress publish(long deadline) throws IOException, ChangesHeld {
        long patience = ChangesTopic.patience(config).toNanos();
        open();
        if (!isKnown) {
            readEnd(deadline - patience);
        }
        ChangeId target = null;
        while (System.nanoTime() < deadline - patience - patience / 2) {
            Page page = outbox.read(last, false, deadline - patience);
            target = target == null ? page.newest() : target;
            if (page.source().isEmpty() && position.isEmpty()) {
                return Progress.DONE; // nothing was ever counted
            }
            if (hasLost(
                    page)) { // then its entries may even have the ids of those that are lost, by a clock that is behind
                last = RedisLive.START;
            }
            Progress progress = page.continues() && !last.equals(RedisLive.START)
                    ? follow(page, deadline - patience)
                    : catchUp(deadline - patience);
            if (progress != Progress.DONE) {
                return progress;
            }
            if (last.compareTo(target) >= 0) {
                return Progress.DONE;
            }
        }
        return Progress.UNFINISHED;
    }

    /** What was read back of the topic so far, for messages. */
    String describe() {
        if (committed != null) {
            return "reading back what is published: " + committed.progress();
        }
        return isKnown ? "has the changes of " + outbox.place() + " up to " + last : "its end is not read yet";
    }

    /** Drops everything that is known; the next call reads it from the topic again. */
    void forget() {
        topic.drop();
        forgetTable();
        isKnown = false;
        position = Optional.empty();
        last = RedisLive.START;
    }

    @Override
    public void close() {
        forgetTable();
        topic.close();
        outbox.close();
    }

    /** A writer that Kafka does not answer keeps what it asked for. */
    private void open() throws ChangesHeld {
        if (topic.isReady()) {
            return;
        }
        isKnown = false;
        try {
            topic.open();
        } catch (TimeoutException e) {
            throw slow(e);
        }
    }

    /** What was asked for so far is kept. */
    private ChangesHeld slow(TimeoutException e) {
        return new ChangesHeld("topic " + config.topic() + " at " + servers + ": no answer in time (" + Messages.of(e)
                + "); see whether Kafka is up");
    }

    private void forgetTable() {
        published = null;
        readBack = null;
        rebuilt = null;
        if (committed != null) {
            committed.close();
            committed = null;
        }
    }

    /** What was published before this writer was opened. */
    private void readEnd(long deadline) throws ChangesHeld {
        try (CommittedChanges reader = new CommittedChanges(config, servers)) {
            CommittedChanges.Last end = reader.last(deadline);
            if (end.position().isPresent() && !end.position().get().group().equals(group)) {
                throw new ChangesHeld("topic " + config.topic() + " at " + servers + " has the changes of group "
                        + end.position().get().group() + ", not of " + group
                        + "; name another topic in changes.topic, or start with that source.group");
            }
            if (published == null || !position.equals(end.position()) || nextSeq != end.seq() + 1) {
                forgetTable(); // not of this topic, or older
            }
            position = end.position();
            last = position.map(ChangePosition::redis).orElse(RedisLive.START);
            newest = end.newest();
            nextSeq = end.seq() + 1;
            nextOffset = end.offset();
            if (position.isEmpty()) {
                published = new HashMap<>();
            }
            isKnown = true;
        } catch (TimeoutException e) {
            throw slow(e);
        }
    }

    /** Publishes the changes of a page that continues what is published. */
    private Progress follow(Page page, long deadline) throws IOException, ChangesHeld {
        if (page.source().isEmpty()) {
            return await("it is empty");
        }
        if (published == null) {
            if (rebuilt == null && committed == null) {
                rebuilt = new Rebuilt(outbox.read(last, true, deadline), last);
            }
            if (committed != null || !rebuild(deadline)) {
                return catchUp(deadline);
            }
            if (published == null) {
                return Progress.UNFINISHED;
            }
        }
        return publish(page, deadline);
    }

    /**
     * Makes the published table from Redis': without the changes that are not published yet. Continues if it is called again.
     *
     * @return false if that does not lead to what is published: somebody changed Redis' keys, or the topic
     */
    private boolean rebuild(long deadline) throws IOException {
        while (!rebuilt.isComplete()) {
            if (System.nanoTime() > deadline) {
                return true;
            }
            Page page = outbox.read(rebuilt.at, false, deadline);
            if (!page.continues() || page.changes().isEmpty()) {
                rebuilt = null;
                return false;
            }
            rebuilt.takeAway(page);
        }
        Map<Cell, Long> table = rebuilt.table;
        rebuilt = null;
        table.values().removeIf(count -> count == 0);
        boolean isRight = table.values().stream().allMatch(count -> count > 0)
                && newest.entrySet().stream()
                        .allMatch(cell -> table.getOrDefault(cell.getKey(), 0L).equals(cell.getValue()));
        if (isRight) {
            published = table;
        } else {
            LOG.warn(
                    "The changes in {} do not lead back to what topic {} has; the difference will be published",
                    outbox.place(),
                    config.topic());
        }
        return isRight;
    }

    /** Publishes the difference between the published table and Redis'. */
    private Progress catchUp(long deadline) throws IOException, ChangesHeld {
        Page page = outbox.read(RedisLive.START, true, deadline);
        Optional<String> behind = behind(page);
        if (behind.isPresent()) {
            return await(behind.get());
        }
        if (published == null && !readBack(deadline)) {
            return Progress.UNFINISHED;
        }
        saidWaiting = false;
        Map<Cell, Long> table = page.table().orElseThrow();
        if (page.isWhole() && table.equals(after(page.changes()))) {
            return publish(page, deadline); // the stream has every change since the published table
        }
        List<ChangeRecord> records = new ArrayList<>();
        Map<Cell, Long> counts = new HashMap<>(published);
        TreeSet<Cell> cells = new TreeSet<>(Comparator.comparing(Cell::key));
        cells.addAll(counts.keySet());
        cells.addAll(table.keySet());
        Instant now = at(clock.millis(), clock.millis());
        for (Cell cell : cells) {
            long count = table.getOrDefault(cell, 0L);
            long delta = count - counts.getOrDefault(cell, 0L);
            if (delta != 0) {
                records.add(new ChangeRecord(cell, delta, count, now, nextSeq + records.size()));
            }
        }
        LOG.info("Topic {} gets the difference of {} cells to {}", config.topic(), records.size(), outbox.place());
        int to;
        for (int from = 0; from < records.size(); from = to) {
            to = Math.min(records.size(), from + transaction);
            boolean isLast = to == records.size();
            ChangePosition reached = position(page, isLast ? page.newest() : RedisLive.START, isLast);
            if (!commit(records.subList(from, to), reached, deadline)) {
                return Progress.UNFINISHED;
            }
        }
        if (records.isEmpty()) {
            position = Optional.of(position(page, page.newest(), true));
            last = page.newest();
        }
        return Progress.DONE;
    }

    /** The published table after some more changes; empty ones left out. Null if a count would be negative. */
    private Map<Cell, Long> after(List<CountedChange> changes) {
        Map<Cell, Long> table = new HashMap<>(published);
        for (CountedChange change : changes) {
            for (Map.Entry<Cell, Long> cell : change.cells().entrySet()) {
                if (table.merge(cell.getKey(), cell.getValue(), Long::sum) < 0) {
                    return null;
                }
            }
        }
        table.values().removeIf(count -> count == 0);
        return table;
    }

    /** Reads the published table from the topic; false if there was no time for all of it, and the next call continues. */
    private boolean readBack(long deadline) throws ChangesHeld {
        if (committed == null) {
            readBack = new HashMap<>();
            committed = new CommittedChanges(config, servers);
            var unused = committed.last(deadline);
        }
        try {
            if (!committed.readTable(readBack, deadline)) {
                return false;
            }
        } catch (TimeoutException e) {
            throw slow(e);
        }
        readBack.values().removeIf(count -> count == 0);
        committed.close();
        committed = null;
        published = readBack;
        readBack = null;
        return true;
    }

    /** Whether Redis has less than it had at the position: neither floors nor ends go back otherwise. */
    private boolean hasLost(Page page) {
        if (position.isEmpty() || page.source().isEmpty()) {
            return false; // what there is to say, others say
        }
        Source was = position.get().source();
        Source is = page.source().get();
        return is.epoch() < was.epoch()
                || (is.equals(was)
                        && (isBelow(page.floors(), position.get().floors())
                                || isBelow(page.ends(), position.get().ends())));
    }

    private static boolean isBelow(Map<Integer, Long> offsets, Map<Integer, Long> others) {
        for (Map.Entry<Integer, Long> other : others.entrySet()) {
            if (offsets.getOrDefault(other.getKey(), 0L) < other.getValue()) {
                return true;
            }
        }
        return false;
    }

    /** Why Redis has less than what is published; empty if it has not. */
    private Optional<String> behind(Page page) {
        if (position.isEmpty()) {
            return Optional.empty();
        }
        if (page.source().isEmpty()) {
            return Optional.of("it is empty");
        }
        Source was = position.get().source();
        Source is = page.source().get();
        if (is.epoch() < was.epoch()) {
            return Optional.of("it counts epoch " + is.epoch() + ", and epoch " + was.epoch() + " is published");
        }
        if (is.equals(was)) {
            for (Map.Entry<Integer, Long> end : position.get().ends().entrySet()) {
                long floor = page.floors().getOrDefault(end.getKey(), 0L);
                if (floor < end.getValue()) {
                    return Optional.of("it counts partition " + end.getKey() + " up to offset " + floor
                            + ", and offset " + end.getValue() + " is published");
                }
            }
        }
        return Optional.empty();
    }

    private Progress await(String reason) {
        if (!saidWaiting) {
            saidWaiting = true;
            LOG.warn(
                    "{} lost what topic {} has ({}); nothing is published until it is filled again, then the"
                            + " difference",
                    outbox.place(),
                    config.topic(),
                    reason);
        }
        return Progress.WAITING;
    }

    /** The changes of a page, in transactions that end with a chunk. */
    private Progress publish(Page page, long deadline) {
        List<ChangeRecord> records = new ArrayList<>();
        Map<Cell, Long> counts = new HashMap<>();
        for (CountedChange change : page.changes()) {
            Instant at = at(change.at(), change.writtenAt());
            TreeSet<Cell> cells = new TreeSet<>(Comparator.comparing(Cell::key));
            cells.addAll(change.cells().keySet());
            for (Cell cell : cells) {
                long delta = change.cells().get(cell);
                long count = counts.getOrDefault(cell, published.getOrDefault(cell, 0L)) + delta;
                counts.put(cell, count);
                records.add(new ChangeRecord(cell, delta, count, at, nextSeq + records.size()));
            }
            boolean isNewest = change.id().equals(page.newest());
            if (records.size() >= transaction || change.id().equals(lastOf(page))) {
                ChangePosition reached = position(page, change.id(), isNewest);
                if (records.isEmpty()) {
                    position = Optional.of(reached);
                    last = change.id();
                } else if (!commit(records, reached, deadline)) {
                    return Progress.UNFINISHED;
                }
                records.clear();
                counts.clear();
            }
        }
        return Progress.DONE;
    }

    /**
     * After the records of this call.
     *
     * @param isMoment whether the topic's table is then the one of the page's moment, whose coverage is known
     */
    private ChangePosition position(Page page, ChangeId redis, boolean isMoment) {
        Source source = page.source().orElseThrow();
        Map<Integer, Long> floors = new HashMap<>();
        Map<Integer, Long> ends = new HashMap<>(page.ends());
        if (isMoment) {
            floors.putAll(page.floors());
        } else if (position.isPresent() && position.get().source().equals(source)) {
            floors.putAll(position.get().floors());
            position.get().ends().forEach((partition, end) -> ends.merge(partition, end, Math::max));
        }
        return new ChangePosition(group, redis, source, floors, ends);
    }

    /** Whether they are published; if not, there was no time for it. */
    private boolean commit(List<ChangeRecord> records, ChangePosition reached, long deadline) {
        if (System.nanoTime() > deadline) {
            return false;
        }
        ChangesTopic.Outcome outcome;
        try {
            outcome = topic.commit(records, reached, nextOffset, deadline);
        } catch (TimeoutException e) {
            takeSmaller();
            throw e;
        }
        if (outcome != ChangesTopic.Outcome.COMMITTED) {
            isKnown = false; // aborted records are at its end, too
            if (outcome == ChangesTopic.Outcome.MOVED) {
                LOG.warn(
                        "Topic {} does not end at offset {}, where it ended before: it was created again or lost records,"
                                + " others write it, or a killed broker left a transaction open; nothing was published,"
                                + " and its end is read again",
                        config.topic(),
                        nextOffset);
            } else {
                takeSmaller();
            }
            return false;
        }
        transaction = Math.min(ChangesTopic.TRANSACTION, transaction * 2);
        for (ChangeRecord record : records) {
            if (record.count() == 0) {
                published.remove(record.cell());
            } else {
                published.put(record.cell(), record.count());
            }
        }
        position = Optional.of(reached);
        last = reached.redis();
        nextSeq += records.size();
        nextOffset += records.size() + 1; // the marker of the transaction
        return true;
    }

    /** As many as before would not be sent in time either. */
    private void takeSmaller() {
        transaction = Math.max(SMALLEST_TRANSACTION, transaction / 8);
    }

    private static ChangeId lastOf(Page page) {
        return page.changes().get(page.changes().size() - 1).id();
    }

    /** A record without timestamp has -1, and producers may write anything: then the time at which Redis counted it. */
    private static Instant at(long millis, long otherwise) {
        Instant at = Instant.ofEpochMilli(millis);
        return millis < 0 || at.isAfter(LATEST) ? Instant.ofEpochMilli(otherwise) : at;
    }

    /** The share of a call's time that Redis may take. */
    static Duration patienceWithRedis(Duration call) {
        return call.multipliedBy(30).dividedBy(100);
    }
}
