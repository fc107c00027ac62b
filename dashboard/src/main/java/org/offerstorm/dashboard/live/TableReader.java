package org.offerstorm.dashboard.live;

import java.io.IOException;
import java.util.List;
import org.offerstorm.sinks.redis.ChangeId;
import org.offerstorm.sinks.redis.CountedChange;
import org.offerstorm.sinks.redis.RedisLive;

/** Reads the table and the stream of changes, and hands on what happened since it last read. Used by one thread. */
final class TableReader {
    /** Changes that are read at once; bounds memory, because a change may move many cells. */
    private static final int PAGE = 500;

    private final RedisLive redis;
    private final RedisClock clock;
    private final Publisher publisher;
    private final RecentChanges recent;
    private final Figures figures;
    private boolean known;
    /** The newest change that figures and recent changes have; beyond the table's if the table could not be read after it. */
    private ChangeId taken = RedisLive.START;

    TableReader(RedisLive redis, RedisClock clock, Publisher publisher, RecentChanges recent, Figures figures) {
        this.redis = redis;
        this.clock = clock;
        this.publisher = publisher;
        this.recent = recent;
        this.figures = figures;
    }

    /**
     * Reads what happened since the last time, or since ever; publishes it if something did.
     *
     * @param behind Redis was not read for a while: there may be much
     * @throws IOException if Redis does not answer
     */
    void read(boolean behind) throws IOException {
        if (!known) {
            begin();
        }
        Sum sum = new Sum(publisher.table().newest());
        if (behind) {
            catchUp(sum);
        }
        RedisLive.State state = redis.read(sum.last());
        take(state.changes(), sum);
        boolean explained = sum.explains(publisher.table(), state);
        if (!sum.isEmpty() || !explained) {
            publish(state, sum, !explained);
        }
        clock.set(state.now());
        if (figures.refresh(state.now(), publisher.table())) {
            publisher.nextBeat();
        }
    }

    /** Reads what the stream still holds from before the start. */
    private void begin() throws IOException {
        figures.clear();
        recent.clear();
        taken = RedisLive.START;
        Sum sum = new Sum(RedisLive.START);
        catchUp(sum);
        RedisLive.State state = redis.read(sum.last());
        take(state.changes(), sum);
        publish(state, sum, true);
        known = true;
    }

    private void catchUp(Sum sum) throws IOException {
        List<CountedChange> page;
        do {
            page = redis.changes(sum.last(), PAGE);
            take(page, sum);
        } while (page.size() == PAGE);
    }

    /** Each change once, although the sum begins at the table again after a read that failed. */
    private void take(List<CountedChange> changes, Sum sum) {
        sum.add(changes);
        for (CountedChange change : changes) {
            if (change.id().compareTo(taken) > 0) {
                figures.add(change);
                recent.add(change);
                taken = change.id();
            }
        }
    }

    private void publish(RedisLive.State state, Sum sum, boolean whole) {
        if (state.newest().equals(RedisLive.START)) {
            recent.clear(); // an empty stream: Redis was emptied, or never counted
        }
        recent.publish();
        publisher.publish(state, sum, recent.newest(), whole);
        taken = state.newest(); // also if Redis lost its data and counts from an earlier id
    }
}
