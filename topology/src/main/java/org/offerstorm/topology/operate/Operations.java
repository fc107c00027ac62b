package org.offerstorm.topology.operate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import org.offerstorm.core.config.OfferstormConfig;

/** Short calls about a topology on the cluster, for the commands. */
public final class Operations {
    private Operations() {}

    /**
     * How the topology does.
     *
     * @param json as JSON, else for people
     */
    public static String status(OfferstormConfig config, String name, boolean json) {
        try (Nimbus nimbus = Nimbus.connect(config.topology().nimbus())) {
            Status status = new StatusReader(nimbus, config.source()).read(name);
            return json
                    ? new ObjectMapper()
                                    .enable(SerializationFeature.INDENT_OUTPUT)
                                    .writeValueAsString(status)
                            + "\n"
                    : StatusText.of(status);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a status is plain text and numbers", e);
        }
    }

    /** Lets a deactivated topology read on. */
    public static void activate(OfferstormConfig config, String name) {
        try (Nimbus nimbus = Nimbus.connect(config.topology().nimbus())) {
            nimbus.get(name);
            nimbus.activate(name);
        }
    }

    /** Stops reading; what is in flight is finished, and the files too. */
    public static void deactivate(OfferstormConfig config, String name) {
        try (Nimbus nimbus = Nimbus.connect(config.topology().nimbus())) {
            nimbus.get(name);
            nimbus.deactivate(name);
        }
    }
}
