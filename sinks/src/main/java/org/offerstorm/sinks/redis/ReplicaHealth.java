package org.offerstorm.sinks.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.offerstorm.core.check.Finding;

/** What {@code INFO replication} of a master says of its replicas: which of them could take its place, and what they lack. */
final class ReplicaHealth {
    private static final String NAME = "redis replicas";
    private static final Pattern KEY = Pattern.compile("slave[0-9]+");
    private static final Pattern REPLICA = Pattern.compile(
            "ip=(?<ip>[^,]*),port=(?<port>[0-9]+),state=(?<state>[^,]*),offset=(?<offset>[0-9]+),lag=(?<lag>-?[0-9]+).*");
    /** Replicas answer once a second; the master drops them after a minute without. */
    private static final long SILENT_SECONDS = 10;

    private final String where;

    ReplicaHealth(String where) {
        this.where = where;
    }

    /** @param info fields of the reply */
    Finding of(Map<String, String> info) {
        List<String> replicas = new ArrayList<>();
        boolean isSound = false;
        boolean isAllSound = true;
        for (String key : info.keySet().stream()
                .filter(key -> KEY.matcher(key).matches())
                .sorted()
                .toList()) {
            Matcher replica = REPLICA.matcher(info.get(key));
            if (!replica.matches()) {
                continue;
            }
            long behind = Long.parseLong(info.getOrDefault("master_repl_offset", "0"))
                    - Long.parseLong(replica.group("offset"));
            long silent = Long.parseLong(replica.group("lag"));
            boolean isFine = replica.group("state").equals("online") && silent <= SILENT_SECONDS;
            isSound |= isFine;
            isAllSound &= isFine;
            replicas.add(replica.group("ip") + ":" + replica.group("port") + " " + replica.group("state") + ", "
                    + Math.max(0, behind) + " bytes behind, answered " + silent + " s ago");
        }
        String said = String.join("; ", replicas);
        if (replicas.isEmpty()) {
            return Finding.warn(
                    NAME,
                    where,
                    "none is connected: if this master is lost, nothing takes its place",
                    "start one (replicaof), or see why it does not reach the master");
        }
        return isAllSound
                ? Finding.ok(NAME, where, said)
                : Finding.warn(
                        NAME,
                        where,
                        said + (isSound ? "" : ": if this master is lost now, none has what it acknowledged")
                                + "; what a promoted replica lacks is counted again from the topic",
                        "see why that replica does not follow");
    }
}
