package org.offerstorm.ingest.web;

import io.undertow.util.StatusCodes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.secret.Sha256;
import org.offerstorm.ingest.kafka.HttpAnswer;
import org.offerstorm.ingest.kafka.Keyed;
import org.offerstorm.ingest.kafka.KeyedWriter;
import org.offerstorm.ingest.kafka.Outage;
import org.offerstorm.ingest.kafka.PlainWriter;
import org.offerstorm.ingest.kafka.Written;
import org.offerstorm.ingest.kafka.Written.Refused;
import org.offerstorm.ingest.kafka.Written.Stored;
import org.offerstorm.ingest.kafka.Written.TooLarge;
import org.offerstorm.ingest.offers.BadBatch;
import org.offerstorm.ingest.offers.Batch;
import org.offerstorm.ingest.offers.CheckedItem;
import org.offerstorm.ingest.offers.CheckedItem.Sendable;
import org.offerstorm.ingest.offers.CheckedItem.Unfit;
import org.offerstorm.ingest.offers.Item;
import org.offerstorm.ingest.offers.OfferCheck;

/** Checks and writes what a request brings. Any worker thread; each waits for Kafka. */
final class Writes {
    private static final long PATIENCE_SECONDS = 30;

    private final String topic;
    private final PlainWriter plain;
    private final KeyedWriter keyed;
    private final RateLimits rates;
    private final IngestMetrics metrics;
    private final ThreadLocal<OfferCheck> checks;

    Writes(String topic, DataSet data, PlainWriter plain, KeyedWriter keyed, RateLimits rates, IngestMetrics metrics) {
        this.topic = topic;
        this.plain = plain;
        this.keyed = keyed;
        this.rates = rates;
        this.metrics = metrics;
        this.checks = ThreadLocal.withInitial(() -> new OfferCheck(data));
    }

    /**
     * An answer.
     *
     * @param repeated whether an earlier request with the same key had it
     */
    record Done(HttpAnswer answer, boolean repeated) {}

    /**
     * Takes the offers and deletions of a body.
     *
     * @param lines whether each line is an item
     * @param key of idempotency; null if there is none
     */
    Done offers(String sender, byte[] body, boolean lines, String key) throws RefusedRequest {
        List<Item> items;
        try {
            items = lines ? Batch.ofLines(body) : Batch.ofJson(body);
        } catch (BadBatch e) {
            throw new RefusedRequest(
                    e.isTooMany()
                            ? new ProblemDetails(StatusCodes.REQUEST_ENTITY_TOO_LARGE, "too_many_items", e.getMessage())
                            : new ProblemDetails(StatusCodes.BAD_REQUEST, "bad_json", e.getMessage()));
        }
        if (items.isEmpty()) {
            throw new RefusedRequest(new ProblemDetails(
                    StatusCodes.BAD_REQUEST,
                    "no_items",
                    "the body has no item: send an offer, an array of them, or lines"));
        }
        rates.pay(sender, items.size());
        List<CheckedItem> checked = new ArrayList<>(items.size());
        for (Item item : items) {
            checked.add(checks.get().check(item));
        }
        return write(sender, checked, key, lines ? "POST lines" : "POST", body);
    }

    /** Takes the deletion of an id. */
    Done deletion(String sender, String id, String key) throws RefusedRequest {
        rates.pay(sender, 1);
        return write(sender, List.of(OfferCheck.deletion(id)), key, "DELETE " + id, new byte[0]);
    }

    private Done write(String sender, List<CheckedItem> items, String key, String what, byte[] body)
            throws RefusedRequest {
        List<Sendable> sent = new ArrayList<>(items.size());
        for (CheckedItem item : items) {
            if (item instanceof Sendable sendable) {
                sent.add(sendable);
            } else {
                metrics.refused(((Unfit) item).reason().code());
            }
        }
        long begin = System.nanoTime();
        AtomicReference<List<Written>> written = new AtomicReference<>(List.of());
        Function<List<Written>, HttpAnswer> answer = results -> {
            written.set(results);
            return IngestJson.answer(topic, items, results);
        };
        Done done = sent.isEmpty()
                ? new Done(answer.apply(List.of()), false)
                : key == null
                        ? new Done(answer.apply(plain.write(sent)), false)
                        : keyed(sender, key, fingerprint(what, body), sent, answer);
        metrics.took(System.nanoTime() - begin);
        if (done.repeated()) {
            metrics.repeated();
        } else {
            count(sent, written.get());
        }
        return done;
    }

    private Done keyed(
            String sender,
            String key,
            byte[] fingerprint,
            List<Sendable> sent,
            Function<List<Written>, HttpAnswer> answer)
            throws RefusedRequest {
        Keyed outcome;
        try {
            outcome =
                    keyed.submit(sender + " " + key, fingerprint, sent, answer).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            outcome = new Keyed.Away(Outage.ENDED);
        } catch (ExecutionException | TimeoutException e) {
            outcome = new Keyed.Away(Outage.LATE);
        }
        if (outcome instanceof Keyed.Answered answered) {
            return new Done(answered.answer(), answered.repeated());
        }
        if (outcome instanceof Keyed.Away away) {
            throw new RefusedRequest(ProblemDetails.of(
                    away.outage(),
                    "the offers may or may not have been written; send the request again with the same Idempotency-Key: it is"
                            + " written once",
                    "send the request again later, with the same Idempotency-Key"));
        }
        throw new RefusedRequest(new ProblemDetails(
                StatusCodes.UNPROCESSABLE_ENTITY,
                "key_used",
                "the Idempotency-Key was used for another request; use a new one for each"));
    }

    private void count(List<Sendable> sent, List<Written> written) {
        for (int i = 0; i < written.size(); i++) {
            if (written.get(i) instanceof Stored) {
                metrics.stored(sent.get(i).value() == null);
            } else if (written.get(i) instanceof TooLarge) {
                metrics.refused("too_large");
            } else if (written.get(i) instanceof Refused) {
                metrics.refused(IngestJson.REFUSED_BY_KAFKA);
            }
        }
    }

    private static byte[] fingerprint(String what, byte[] body) {
        MessageDigest digest = Sha256.digest();
        digest.update(Sha256.of(what.getBytes(StandardCharsets.UTF_8)));
        return digest.digest(body);
    }
}
