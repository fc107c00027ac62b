package org.offerstorm.sinks.changes;

import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.WriteResult;
import org.offerstorm.core.sink.WriteResult.Done;
import org.offerstorm.core.sink.WriteResult.Retryable;

/** One after the other, as in the topology: a chunk comes to the publisher when Redis has it, and Redis' result counts. */
final class RedisThenChanges implements Sink {
    private final Sink redis;
    private final Sink changes;
    private Chunk<Change> counted;
    private WriteResult result;

    RedisThenChanges(Sink redis, Sink changes) {
        this.redis = redis;
        this.changes = changes;
    }

    @Override
    public String name() {
        return changes.name();
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the same chunk, offered again because it was not published
    public WriteResult write(Chunk<Change> chunk) {
        if (counted != chunk) {
            result = redis.write(chunk);
            if (!(result instanceof Done)) {
                return result;
            }
            counted = chunk;
        }
        WriteResult published = changes.write(chunk);
        if (published instanceof Retryable) {
            return published;
        }
        counted = null;
        return result;
    }

    @Override
    public void tick() {
        redis.tick();
        changes.tick();
    }

    @Override
    public void close() {
        redis.close();
        changes.close();
    }
}
