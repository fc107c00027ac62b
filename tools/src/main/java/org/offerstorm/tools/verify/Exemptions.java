package org.offerstorm.tools.verify;

import java.util.ArrayList;
import java.util.List;

/** Records that Solr or PostgreSQL refused: they lie in the dead letters, and that store may lack them. One thread. */
final class Exemptions {
    private final List<Anomalies.Details> first = new ArrayList<>();
    private long count;

    void add(Anomalies.Details details) {
        if (count++ < Anomaly.MAX_EXAMPLES) {
            first.add(details);
        }
    }

    long count() {
        return count;
    }

    List<Anomaly.Example> list() {
        return first.stream().map(Anomalies.Details::tell).toList();
    }
}
