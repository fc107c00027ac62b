package org.offerstorm.solr;

import java.io.IOException;
import org.apache.lucene.codecs.FieldsConsumer;
import org.apache.lucene.codecs.FieldsProducer;
import org.apache.lucene.codecs.PostingsFormat;
import org.apache.lucene.codecs.bloom.BloomFilteringPostingsFormat;
import org.apache.lucene.codecs.bloom.DefaultBloomFilterFactory;
import org.apache.lucene.codecs.bloom.FuzzySet;
import org.apache.lucene.codecs.lucene912.Lucene912PostingsFormat;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

/**
 * Lucene's own postings behind Lucene's own Bloom filter, for the field of ids. Each update asks every segment for the
 * version of its offer; most segments do not have it, and the filter says so from memory, without a search of the
 * dictionary of terms. Lucene has both, but no name under which a schema could ask for the two together.
 *
 * <p>A segment states in which format it was written: a core may change from Lucene's default to this and back at
 * any time, and each new segment is in the format of the moment. A Solr without this jar cannot open segments in it.
 */
public final class OfferIdsPostingsFormat extends PostingsFormat {
    /** What a field type names as its {@code postingsFormat}. */
    public static final String NAME = "OfferIds";

    /**
     * Of 200 ids that a segment does not have, at most one causes a needless search. Costs 11 to 22 bits of heap per id,
     * because sizes are powers of two.
     */
    private static final float FALSE_POSITIVES = 0.005f;

    /** Lucene counts the bits of a filter in an int, and from 98 million ids on makes one without any. */
    private static final int MOST_IDS = 97_000_000;

    private final PostingsFormat filtered =
            new BloomFilteringPostingsFormat(new Lucene912PostingsFormat(), new Filters());

    /** Called by Lucene. */
    public OfferIdsPostingsFormat() {
        super(NAME);
    }

    @Override
    public FieldsConsumer fieldsConsumer(SegmentWriteState state) throws IOException {
        return filtered.fieldsConsumer(state);
    }

    @Override
    public FieldsProducer fieldsProducer(SegmentReadState state) throws IOException {
        return filtered.fieldsProducer(state);
    }

    /**
     * An empty filter for a segment of so many ids. Beyond {@value #MOST_IDS} it grows no further: at 200 million one id
     * in eight causes a needless search, and beyond some 300 million, with over 90 % of its bits set, Lucene leaves it out.
     * Merges stop at 5 GB, some 30 million offers; only an optimize comes so far.
     */
    static FuzzySet filter(int ids) {
        return FuzzySet.createOptimalSet(Math.min(ids, MOST_IDS), FALSE_POSITIVES);
    }

    private static final class Filters extends DefaultBloomFilterFactory {
        @Override
        public FuzzySet getSetForField(SegmentWriteState state, FieldInfo info) {
            return filter(state.segmentInfo.maxDoc());
        }
    }
}
