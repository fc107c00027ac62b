package org.offerstorm.sinks.solr;

import java.io.IOException;
import java.util.List;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrInputDocument;
import org.offerstorm.core.model.Acked;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.sink.StoreLoss;

/**
 * Keeps in the core which log it was filled from. The document's version is the epoch, so of several tasks that write it
 * at once, or of an old worker and a new one, the server keeps the highest epoch and of equal ones the first.
 */
final class SourceGuard {
    /** A blank id: no offer can have it. */
    static final String ID = " ";

    /** 2: text is analysed in the stored fields themselves. Lucene does not let a field of an older index change so. */
    static final int FORMAT = 2;

    private static final String SEPARATOR = "/"; // neither in a topic id nor in a topic's name
    private static final int PARTS = 5;

    private final SolrCore core;

    SourceGuard(SolrCore core) {
        this.core = core;
    }

    /**
     * Returns if the core belongs to {@code source}, taking an empty core or one of a lower epoch for it.
     *
     * @param acked what the stream has acked, and the core must hold
     * @throws SolrOutage if the core belongs to another source, or holds less
     */
    void check(Source source, Acked acked, Deadline deadline) throws IOException {
        Stored stored = read(deadline);
        int epoch = stored == null ? 0 : stored.epoch;
        if (acked.isMissingFrom(epoch, source.epoch())) {
            throw new SolrOutage(StoreLoss.message(
                    core.address(),
                    epoch,
                    source.epoch(),
                    acked,
                    "the core is new, or came back older; name the right one as solr.core"));
        }
        if (stored == null || (stored.format == FORMAT && stored.epoch < source.epoch())) {
            SolrInputDocument document = OfferDocuments.tombstone(ID, source.epoch());
            document.setField(OfferFields.SOURCE, encode(source));
            core.add(List.of(document), SolrSink.MAX_COMMIT_WITHIN_MILLIS, deadline);
            stored = read(deadline);
        }
        if (stored == null) {
            throw new SolrOutage(
                    core.address() + " does not keep what is written; is it the core of conf/solr/offers?");
        }
        checkSame(stored, source);
    }

    /**
     * Whether the core is filled from {@code source} already; false if it is empty or of a lower epoch, so that a stream
     * may take it. Writes nothing.
     *
     * @throws SolrOutage if the core belongs to another source
     */
    boolean isOf(Source source, Deadline deadline) throws IOException {
        Stored stored = read(deadline);
        if (stored == null || (stored.format == FORMAT && stored.epoch < source.epoch())) {
            return false;
        }
        checkSame(stored, source);
        return true;
    }

    private void checkSame(Stored stored, Source source) throws SolrOutage {
        String problem = problem(stored, source);
        if (problem != null) {
            throw new SolrOutage(core.address() + " was filled from topic " + stored.topic + ", id " + stored.topicId
                    + ", epoch " + stored.epoch + ", " + stored.partitions + " partitions; the stream comes from topic "
                    + source.topic() + ", id " + source.topicId() + ", epoch " + source.epoch() + ", "
                    + source.partitions() + " partitions: " + problem);
        }
    }

    private static String problem(Stored stored, Source source) {
        if (stored.format != FORMAT) {
            return "the core has format " + stored.format + ", this version of Offerstorm writes format " + FORMAT
                    + "; use the version that fits, or a new core";
        }
        if (source.epoch() < stored.epoch) {
            return "source.epoch was lowered; set it to " + stored.epoch + ", or use another core";
        }
        if (!stored.topicId.equals(source.topicId()) || !stored.topic.equals(source.topic())) {
            return "was the topic made again? Drain, then raise source.epoch";
        }
        if (stored.partitions != source.partitions()) {
            return "were partitions added? Keys would move: go on with a new topic and a raised source.epoch";
        }
        return null;
    }

    private Stored read(Deadline deadline) throws IOException {
        Object document = core.document(ID, OfferFields.SOURCE, deadline);
        if (document == null) {
            return null;
        }
        Object text = document instanceof SolrDocument fields ? fields.getFieldValue(OfferFields.SOURCE) : null;
        return decode(String.valueOf(text));
    }

    private static String encode(Source source) {
        return String.join(
                SEPARATOR,
                Integer.toString(FORMAT),
                Integer.toString(source.epoch()),
                Integer.toString(source.partitions()),
                source.topicId(),
                source.topic());
    }

    private Stored decode(String text) throws SolrOutage {
        String[] parts = text.split(SEPARATOR, PARTS);
        try {
            return new Stored(
                    Integer.parseInt(parts[0]),
                    Integer.parseInt(parts[1]),
                    Integer.parseInt(parts[2]),
                    parts[3],
                    parts[4]);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new SolrOutage(core.address() + " has a source document that cannot be read; use a new core", e);
        }
    }

    private record Stored(int format, int epoch, int partitions, String topicId, String topic) {}
}
