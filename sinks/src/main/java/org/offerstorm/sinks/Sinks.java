package org.offerstorm.sinks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.sinks.changes.Changes;
import org.offerstorm.sinks.hdfs.Hdfs;
import org.offerstorm.sinks.postgres.Postgres;
import org.offerstorm.sinks.redis.Redis;
import org.offerstorm.sinks.solr.Solr;

/** The list of all sinks. */
public final class Sinks {
    /** In the order in which lists of sinks name them, from the one that keeps most to the one that keeps least. */
    public static final List<SinkKind<?>> ALL = List.of(Hdfs.KIND, Postgres.KIND, Solr.KIND, Redis.KIND, Changes.KIND);

    /** The same from the lightest to the heaviest: sections of the configuration, checks, setup and comparisons. */
    public static final List<SinkKind<?>> LIGHTEST_FIRST = lightestFirst();

    private Sinks() {}

    private static List<SinkKind<?>> lightestFirst() {
        List<SinkKind<?>> kinds = new ArrayList<>(ALL);
        Collections.reverse(kinds);
        return List.copyOf(kinds);
    }
}
