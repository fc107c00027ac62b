package org.offerstorm.sinks.memory;

import java.util.ArrayList;
import java.util.List;
import org.offerstorm.core.model.Acked;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.SinkFactory;
import org.offerstorm.core.sink.StoreLoss;
import org.offerstorm.core.sink.WriteResult;
import org.offerstorm.core.sink.WriteResult.Rejection;

/** A sink over an {@link InMemoryStore}: a fake that keeps the contract. Called by one thread. */
public final class InMemorySink implements Sink {
    private final String name;
    private final InMemoryStore store;

    public InMemorySink(String name, InMemoryStore store) {
        this.name = name;
        this.store = store;
    }

    /** For topologies that are serialized: sinks over the store named {@code storeName} of the worker's JVM. */
    public static SinkFactory factory(String name, String storeName) {
        return context -> new InMemorySink(name, InMemoryStore.named(storeName));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public WriteResult write(Chunk<Change> chunk) {
        synchronized (store) { // a chunk is atomic
            if (store.outage() != null) {
                return new WriteResult.Retryable(store.outage(), null);
            }
            Source source = chunk.header().source();
            Acked acked = chunk.header().acked();
            if (acked.isMissingFrom(store.epoch(), source.epoch())) {
                return new WriteResult.Retryable(
                        StoreLoss.message(name, store.epoch(), source.epoch(), acked, "the store came back older"),
                        null);
            }
            String mismatch = store.check(source);
            if (mismatch != null) {
                return new WriteResult.Retryable(mismatch + "; raise the epoch if the topic was re-created", null);
            }
            int written = 0;
            List<Rejection> rejected = new ArrayList<>();
            for (Change change : chunk.items()) {
                if (store.rejects(change)) {
                    rejected.add(new Rejection(change, "the test wants it rejected"));
                } else if (store.apply(source.version(change.position().offset()), change)) {
                    written++;
                }
            }
            chunk.header().ranges().forEach(store::cover);
            return new WriteResult.Done(written, chunk.size() - written - rejected.size(), rejected);
        }
    }

    @Override
    public void close() {}
}
