package org.offerstorm.sinks.solr;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.util.NamedList;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.ChunkHeader;
import org.offerstorm.core.model.Details;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.Upsert;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.SinkContext;
import org.offerstorm.core.sink.WriteResult;
import org.offerstorm.core.sink.WriteResult.Retryable;

/**
 * One document per offer in one core. A chunk is one request; the core's version constraint makes it idempotent in any
 * order, and its update log makes the answer mean durable (one fsync). No request commits: each says by when its changes
 * must be searchable.
 *
 * <p>All versions of an offer in one chunk are sent, in order: if only the last were sent and then refused, the one before
 * it would be missing.
 */
public final class SolrSink implements Sink {
    static final int MAX_COMMIT_WITHIN_MILLIS = 10_000;

    /** So many documents refused one after the other are the core's fault, not theirs. */
    static final int MAX_REJECTED_IN_A_ROW = 10;

    /** A Solr cannot die and be up again within this time. */
    private static final Duration MEMORY = Duration.ofMillis(500);

    /** {@code org.apache.solr.update.UpdateLog.State.ACTIVE}: the replay is finished. */
    private static final int LOG_ACTIVE = 3;

    private static final String METRICS = "/admin/metrics";

    private final SolrCore core;
    private final SourceGuard guard;
    private final Probe probe;
    private final CommitPace pace;
    private final SinkContext context;
    private final Duration timeout;

    private Source greetedFor;
    private Deadline greetingHolds = new Deadline(0);
    private WriteProgress progress;
    private int rejectedInARow;

    SolrSink(SolrConfig config, SinkContext context) {
        this.core = new SolrCore(config);
        this.guard = new SourceGuard(core);
        this.probe = new Probe(core, context.task(), context.clock());
        this.pace = new CommitPace(config.commitWithin(), context.tasks());
        this.context = context;
        this.timeout = config.timeout();
    }

    @Override
    public String name() {
        return "solr";
    }

    @Override
    public WriteResult write(Chunk<Change> chunk) {
        Deadline deadline = Deadline.after(timeout);
        if (progress == null || !progress.isOf(chunk)) {
            progress = new WriteProgress(chunk);
        }
        try {
            if (chunk.size() > 0
                    || greetedFor == null) { // also an empty chunk, once: when it is acked, the core must be ours
                greet(chunk.header(), deadline);
            }
            if (chunk.size() > 0) {
                while (progress.next() != null) {
                    step(chunk.header().source(), deadline);
                }
            } else {
                progress.accepted(0);
            }
        } catch (IOException e) {
            greetedFor = null;
            return new Retryable(e.getMessage() + " (" + chunk.header().describe() + ")", e);
        }
        WriteResult done = progress.done();
        progress = null;
        return done;
    }

    @Override
    public void close() {
        progress = null; // the HTTP client has nothing to close before Java 21
    }

    /**
     * Before the first request, after an outage, and when the last answer is so old that Solr may have been restarted
     * since: checks whose core it is, and whether it has finished with its update log. While it replays that log it takes
     * updates, but does not see the versions that are still in it: an old version would overwrite a newer one for good.
     */
    private void greet(ChunkHeader header, Deadline deadline) throws IOException {
        Source source = header.source();
        if (source.equals(greetedFor) && !greetingHolds.left().isZero()) {
            return;
        }
        try {
            requireReplayed(deadline);
            guard.check(source, header.acked(), deadline);
        } catch (SolrRefusal e) {
            throw new SolrOutage(e.getMessage() + "; is it a core of conf/solr/offers?", e);
        }
        greetedFor = source;
    }

    private void requireReplayed(Deadline deadline) throws IOException {
        List<ShardLeader> leaders = core.leaders(deadline);
        if (leaders.isEmpty()) {
            String key = logState("solr.core." + core.name());
            requireReplayed(key, core.getFromNode(METRICS, params(key), deadline));
        }
        for (ShardLeader leader : leaders) {
            String key = logState(leader.metrics());
            requireReplayed(key, core.getFromNodeOf(leader, METRICS, params(key), deadline));
        }
    }

    private static String logState(String metrics) {
        return metrics + ":TLOG.state";
    }

    private static Map<String, String> params(String key) {
        return Map.of("key", key, "compact", "true");
    }

    private void requireReplayed(String key, NamedList<?> answer) throws SolrOutage {
        if (answer.get("metrics") instanceof NamedList<?> metrics
                && metrics.get(key) instanceof Number state
                && state.intValue() != LOG_ACTIVE) {
            throw new SolrOutage(core.address() + " is replaying its update log; the sink continues when that is done");
        }
    }

    private void step(Source source, Deadline deadline) throws IOException {
        List<Change> changes = progress.next();
        try {
            int written = send(source, changes, deadline);
            if (written < changes.size()) {
                // Somebody else's request wrote the rest, and may not have fsynced it yet.
                syncWithProbe(false, deadline);
            }
            progress.accepted(written);
            rejectedInARow = 0;
        } catch (SolrRefusal refusal) {
            if (changes.size() > 1) {
                progress.split();
            } else {
                judge(source, changes, deadline);
            }
        }
    }

    /**
     * A lone document was refused: it is rejected only if Solr takes a valid one, and then refuses it again. The valid one has
     * details if the refused one has, as an older schema has no fields for them.
     */
    private void judge(Source source, List<Change> lone, Deadline deadline) throws IOException {
        boolean withDetails = lone.get(0) instanceof Upsert upsert
                && !upsert.offer().details().equals(Details.NONE);
        syncWithProbe(withDetails, deadline);
        try {
            progress.accepted(send(source, lone, deadline));
            rejectedInARow = 0;
        } catch (SolrRefusal refusal) {
            if (rejectedInARow >= MAX_REJECTED_IN_A_ROW) {
                progress = null; // what was judged in this chunk is judged again
                throw new SolrOutage(
                        "more than " + MAX_REJECTED_IN_A_ROW
                                + " documents in a row were refused, so the core is at fault"
                                + " and none is given up; compare its schema with conf/solr/offers: "
                                + refusal.getMessage(),
                        refusal);
            }
            rejectedInARow++;
            progress.rejected(refusal.getMessage());
        }
    }

    private int send(Source source, List<Change> changes, Deadline deadline) throws IOException {
        List<SolrInputDocument> documents = new ArrayList<>(changes.size());
        for (Change change : changes) {
            documents.add(OfferDocuments.of(source, change));
        }
        int commitWithin =
                pace.commitWithinMillis(changes.size(), context.clock().millis());
        int written = core.add(documents, commitWithin, deadline);
        greetingHolds = Deadline.after(MEMORY);
        return written;
    }

    private void syncWithProbe(boolean withDetails, Deadline deadline) throws IOException {
        try {
            probe.write(withDetails, deadline);
        } catch (SolrRefusal refusal) {
            throw new SolrOutage(
                    "Solr refuses even a valid document; compare its schema with conf/solr/offers (if it is older, copy the"
                            + " files over the core's and reload it): " + refusal.getMessage(),
                    refusal);
        }
    }
}
