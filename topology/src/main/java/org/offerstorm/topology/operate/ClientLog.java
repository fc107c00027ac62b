package org.offerstorm.topology.operate;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * What the libraries log in a command's own process. {@code storm jar} has no configuration for it, and log4j then prints
 * hundreds of lines, among them the secrets that Storm makes.
 */
public final class ClientLog {
    private ClientLog() {}

    /** Lets errors alone reach the terminal. */
    public static void errorsOnly() {
        Configurator.setAllLevels(LogManager.ROOT_LOGGER_NAME, Level.ERROR);
        // It logs an error if a topic that is about to be created does not exist yet; the command reports what it
        // finds.
        Configurator.setLevel("org.apache.kafka.clients.admin.internals.PartitionLeaderStrategy", Level.OFF);
    }

    /** Storm's client logs what it throws, too; the command tells it in its own words. */
    static void silenceStorm() {
        Configurator.setLevel("org.apache.storm", Level.OFF);
    }
}
