package org.offerstorm.tools.verify;

import java.util.List;

/**
 * What a verification found.
 *
 * @param records in the topic, committed
 * @param rejected of them, those that belong into the dead letters
 * @param liveOffers offers whose newest version is not a deletion
 * @param compared what was compared, in order
 * @param exempted number of records that Solr refused, which it may lack
 * @param exemptions the first of them
 * @param notes what else is to be said, a line each
 */
public record Result(
        long records,
        long rejected,
        long liveOffers,
        List<String> compared,
        List<Anomaly> anomalies,
        long exempted,
        List<Anomaly.Example> exemptions,
        List<String> notes) {
    /** Whether everything compared is as the topic says. */
    public boolean agree() {
        return anomalies.isEmpty();
    }

    long count() {
        return anomalies.stream().mapToLong(Anomaly::count).sum();
    }
}
