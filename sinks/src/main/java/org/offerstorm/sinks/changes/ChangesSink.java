package org.offerstorm.sinks.changes;

import java.time.InstantSource;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.WriteResult;
import org.offerstorm.sinks.redis.RedisConfig;

/** Publishes what Redis counted. */
final class ChangesSink implements Sink {
    private final String servers;

    ChangesSink(ChangesConfig config, String servers, RedisConfig redis, String group, InstantSource clock) {
        this.servers = servers;
    }

    @Override
    public String name() {
        return "changes";
    }

    @Override
    public WriteResult write(Chunk<Change> chunk) {
        return new WriteResult.Retryable("changes at " + servers + ": not written yet", null);
    }

    @Override
    public void close() {}
}
