package org.offerstorm.sinks.solr;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.solr.common.util.NamedList;

/**
 * The replica that leads a shard of a collection: what it has written to its update log is what an answer promises. Any
 * other node answers, too, but for itself.
 *
 * @param node address of the leader's node, as the cluster knows it
 * @param core name of its core there
 * @param metrics name of the core in that node's metrics
 */
record ShardLeader(String node, String core, String metrics) {
    /** Address of the core. */
    String url() {
        return node + "/" + core;
    }

    /**
     * Reads an answer to CLUSTERSTATUS for one collection.
     *
     * @throws SolrOutage if a shard has no leader now
     */
    static List<ShardLeader> of(NamedList<?> answer) throws SolrOutage {
        List<ShardLeader> leaders = new ArrayList<>();
        for (Map.Entry<String, Object> collection :
                map(map(map(answer, "cluster"), "collections")).entrySet()) {
            for (Map.Entry<String, Object> shard :
                    map(map(collection.getValue()), "shards").entrySet()) {
                if ("active".equals(map(shard.getValue()).get("state"))) {
                    leaders.add(leader(collection.getKey(), shard.getKey(), map(map(shard.getValue()), "replicas")));
                }
            }
        }
        return leaders;
    }

    private static ShardLeader leader(String collection, String shard, Map<String, Object> replicas) throws SolrOutage {
        for (Object value : replicas.values()) {
            Map<String, Object> replica = map(value);
            if ("true".equals(String.valueOf(replica.get("leader"))) && "active".equals(replica.get("state"))) {
                String core = String.valueOf(replica.get("core"));
                String prefix = collection + "_" + shard + "_";
                String name = core.startsWith(prefix)
                        ? String.join(".", collection, shard, core.substring(prefix.length()))
                        : core;
                return new ShardLeader(String.valueOf(replica.get("base_url")), core, "solr.core." + name);
            }
        }
        throw new SolrOutage(shard + " of collection " + collection + " has no leader now");
    }

    private static Map<String, Object> map(Object from, String key) {
        return map(map(from).get(key));
    }

    /** What is missing is empty. */
    private static Map<String, Object> map(Object value) {
        if (value instanceof NamedList<?> list) {
            Map<String, Object> map = new LinkedHashMap<>();
            list.forEach(map::put);
            return map;
        }
        if (value instanceof Map<?, ?> entries) {
            Map<String, Object> map = new LinkedHashMap<>();
            entries.forEach((key, entry) -> map.put(String.valueOf(key), entry));
            return map;
        }
        return Map.of();
    }
}
