package org.offerstorm.ingest.kafka;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.offerstorm.ingest.offers.CheckedItem.Sendable;

/** A request with an idempotency key, on its way. */
final class KeyedRequest {
    final String key;
    final byte[] fingerprint;
    final List<Sendable> items;
    /** Makes the answer of what became of the items. */
    final Function<List<Written>, HttpAnswer> answer;

    final CompletableFuture<Keyed> outcome = new CompletableFuture<>();

    KeyedRequest(String key, byte[] fingerprint, List<Sendable> items, Function<List<Written>, HttpAnswer> answer) {
        this.key = key;
        this.fingerprint = fingerprint;
        this.items = items;
        this.answer = answer;
    }
}
