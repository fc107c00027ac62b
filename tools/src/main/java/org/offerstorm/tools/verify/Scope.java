package org.offerstorm.tools.verify;

import java.util.List;
import java.util.Map;
import org.offerstorm.core.model.Source;

/**
 * What a comparison works with.
 *
 * @param source the topic
 * @param fold what the topic says
 * @param anomalies takes what differs
 * @param examples describes single records
 * @param options what the user chose
 * @param earlier live offers of records before this log, by cell, as Redis has them; its comparison fills it
 * @param notes takes what else is to be said, a line each
 * @param progress receives how far the comparison is
 */
record Scope(
        Source source,
        Fold fold,
        Anomalies anomalies,
        Examples examples,
        Verification.Options options,
        Map<String, Long> earlier,
        List<String> notes,
        VerifyProgress progress) {

    /**
     * Each partition must be covered to its end.
     *
     * @param covered the next offset of each partition that the store knows
     */
    void compareCoverage(Store store, Map<Integer, Long> covered) {
        fold.logs().forEach((partition, log) -> {
            Long next = covered.get(partition);
            boolean empty = log.begin() == log.end() && next == null;
            if (!empty && (next == null || next != log.end())) {
                anomalies.add(
                        store,
                        Kind.UNCOVERED,
                        examples.partition(partition),
                        next == null ? "nothing" : "covered to offset " + next,
                        "covered to offset " + log.end());
            }
        });
    }
}
