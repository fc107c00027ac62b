package org.offerstorm.topology.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What {@code storm jar -c key=value} would put over the topology's own settings: Storm hands it to the process in a
 * system property and lets it win at the submission ({@code org.apache.storm.utils.Utils.readCommandLineOpts}).
 */
final class StormOverrides {
    private static final String PROPERTY = "storm.options";

    private static final Map<String, String> OWN_OPTIONS = Map.of(
            "topology.workers", Options.WORKERS.path(),
            "topology.max.spout.pending", Options.MAX_SPOUT_PENDING.path(),
            "topology.message.timeout.secs", Options.MESSAGE_TIMEOUT.path());

    private StormOverrides() {}

    static void check(Settings settings) {
        Place place = new Place(Integer.MAX_VALUE, "storm -c", 0, 0);
        for (String encoded : System.getProperty(PROPERTY, "").split(",", -1)) {
            String[] setting =
                    URLDecoder.decode(encoded, StandardCharsets.UTF_8).split("=", 2);
            String key = setting[0].strip();
            String value = setting.length == 2 ? setting[1].strip() : "";
            if (OWN_OPTIONS.containsKey(key)) {
                settings.wrong(place, key, "would pass by the checks; remove it and set " + OWN_OPTIONS.get(key));
            } else if (key.equals("topology.acker.executors") && !value.matches("[1-9]\\d{0,3}")) {
                settings.wrong(
                        place,
                        key,
                        "is '" + Quoted.of(value) + "'; without ackers nothing is ever known to be durable; remove it,"
                                + " or write 1 or more");
            } else if (key.equals("topology.enable.message.timeouts") && !value.equals("true")) {
                settings.wrong(place, key, "without time-outs a lost chunk is never sent again; remove it");
            }
        }
    }
}
