package org.offerstorm.solr;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.lucene.codecs.bloom.FuzzySet;
import org.apache.lucene.codecs.bloom.FuzzySet.ContainsResult;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;

/** The filter of one segment. That a Solr uses it is in the tests of the ids in local. */
final class OfferIdsPostingsFormatTest {
    @Test
    void filter_of_a_large_segment_grows_no_further() throws Exception {
        FuzzySet filter = OfferIdsPostingsFormat.filter(Integer.MAX_VALUE - 128);
        filter.addValue(new BytesRef("an id"));

        assertThat(filter.contains(new BytesRef("an id"))).isEqualTo(ContainsResult.MAYBE);
        assertThat(filter.contains(new BytesRef("another"))).isEqualTo(ContainsResult.NO);
        assertThat(filter.ramBytesUsed()).as("bytes").isEqualTo((1L << 27) + 16);
    }
}
