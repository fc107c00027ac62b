package org.offerstorm.topology.operate;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.storm.Config;
import org.apache.storm.utils.Utils;
import org.offerstorm.core.config.TopologyConfig;

/**
 * Storm's client settings of this process. {@code storm jar} brings storm.yaml; where {@code topology.nimbus} names an
 * address, it wins. It goes into a file that Storm reads in the place of storm.yaml, and so stays with the client: put
 * into the topology's configuration it would also hold on the workers, which may know Nimbus by another name.
 */
final class StormSettings {
    private static final String USUAL_FILE = "storm.yaml";

    private StormSettings() {}

    /** Storm's configuration with the address of {@code topology.nimbus}; Storm's own clients see the same. */
    static synchronized Map<String, Object> use(String nimbus) throws IOException {
        if (!nimbus.equals(TopologyConfig.NIMBUS_OF_STORM)) {
            String named = System.getProperty(StormProperties.CONF_FILE, "");
            Map<String, Object> own =
                    new HashMap<>(Utils.findAndReadConfigFile(named.isEmpty() ? USUAL_FILE : named, !named.isEmpty()));
            own.putAll(address(nimbus));
            // Readable by this user alone: storm.yaml may hold secrets.
            Path file = Files.createTempFile("offerstorm-storm", ".yaml");
            file.toFile().deleteOnExit();
            new ObjectMapper().writeValue(file.toFile(), own); // JSON is YAML
            System.setProperty(StormProperties.CONF_FILE, file.toString());
        }
        return Utils.readStormConfig();
    }

    /** {@code host:port,host:port}, checked by the configuration, as Storm has it: hosts, and one port for all. */
    static Map<String, Object> address(String nimbus) {
        List<String> addresses = Arrays.asList(nimbus.split(",", -1));
        String first = addresses.get(0);
        return Map.of(
                Config.NIMBUS_SEEDS,
                addresses.stream()
                        .map(address -> address.substring(0, address.lastIndexOf(':')))
                        .toList(),
                Config.NIMBUS_THRIFT_PORT,
                Integer.parseInt(first.substring(first.lastIndexOf(':') + 1)));
    }
}
