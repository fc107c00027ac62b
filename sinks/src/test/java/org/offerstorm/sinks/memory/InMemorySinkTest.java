package org.offerstorm.sinks.memory;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.SinkContext;
import org.offerstorm.sinks.contract.SinkContract;

final class InMemorySinkTest extends SinkContract {
    private final InMemoryStore store = new InMemoryStore();

    @Override
    protected Sink open(SinkContext context) {
        return new InMemorySink("memory", store);
    }

    @Override
    protected Map<String, Long> counts() {
        return store.counts();
    }

    @Override
    protected Optional<Set<String>> liveIds() {
        return Optional.of(store.liveIds());
    }
}
