package org.offerstorm.local.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One server of the cluster: how its process is started, and how one sees that it serves.
 *
 * @param name what people call it, such as {@code kafka-1}; also the name of its log
 * @param ports on which it listens, its clients' first; all of them free before it starts
 * @param command to run
 * @param directory its working directory; made if absent
 * @param environment added to that of this process
 * @param preparation writes its settings, and formats its data if they are new
 * @param health asks it whether it serves
 */
record Server(
        String name,
        List<Integer> ports,
        List<String> command,
        Path directory,
        Map<String, String> environment,
        Preparation preparation,
        Health health) {
    Server {
        ports = List.copyOf(ports);
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    int port() {
        return ports.get(0);
    }

    /** Before each start. */
    @FunctionalInterface
    interface Preparation {
        void run() throws IOException;
    }

    /** A real request to the server. */
    @FunctionalInterface
    interface Health {
        /**
         * Returns if the server serves; takes some seconds at most.
         *
         * @throws Exception what is wrong, in words for people
         */
        void check() throws Exception;
    }
}
