package org.offerstorm.local.trials.chaos.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.offerstorm.local.cluster.ClusterControl;
import org.offerstorm.local.trials.chaos.site.Fault;
import org.offerstorm.local.trials.chaos.site.Site;

/** One server is unavailable for a time: killed, stopped or paused, and then back with the data that it had. */
public final class ServerFault implements Fault {
    private static final int SUPERVISORS = 2;
    private static final String SUPERVISOR = "supervisor";

    private enum How {
        KILL,
        STOP,
        PAUSE
    }

    private final String name;
    private final How how;
    private final int seconds;
    private final String description;
    /** After a pause. */
    private final boolean restarted;

    private String server;

    private ServerFault(String name, String server, How how, int seconds, String description) {
        this(name, server, how, seconds, description, false);
    }

    private ServerFault(String name, String server, How how, int seconds, String description, boolean restarted) {
        this.name = name;
        this.server = server;
        this.how = how;
        this.seconds = seconds;
        this.description = description;
        this.restarted = restarted;
    }

    public static ServerFault redisKill() {
        return new ServerFault(
                "redis-kill",
                "redis",
                How.KILL,
                5,
                "Redis gets SIGKILL, and is started again 5 s later. The stream waits; the counters are the same as before.");
    }

    public static ServerFault redisPause() {
        return new ServerFault(
                "redis-pause",
                "redis",
                How.PAUSE,
                20,
                "Redis is paused for 20 s (SIGSTOP): calls end at their deadline, and its late writes count once.");
    }

    public static ServerFault postgresKill() {
        return new ServerFault(
                "postgres-kill",
                "postgres",
                How.KILL,
                5,
                "PostgreSQL's first process gets SIGKILL, and the server is started again 5 s later. It has every transaction"
                        + " that it acknowledged, and no half of one.");
    }

    public static ServerFault solrKill() {
        return new ServerFault(
                "solr-kill",
                "solr",
                How.KILL,
                8,
                "Solr gets SIGKILL, and is started again 8 s later. It loses no document that it had acknowledged.");
    }

    public static ServerFault solrPause() {
        return new ServerFault(
                "solr-pause",
                "solr",
                How.PAUSE,
                20,
                "Solr is paused for 20 s (SIGSTOP). Its late writes are dropped by their version.");
    }

    public static ServerFault dataNodeKill() {
        return new ServerFault(
                "datanode-kill",
                "datanode",
                How.KILL,
                12,
                "The DataNode gets SIGKILL, and is started again 12 s later. Open files are salvaged by whole blocks.");
    }

    public static ServerFault dataNodeStop() {
        return new ServerFault(
                "datanode-stop",
                "datanode",
                How.STOP,
                12,
                "The DataNode is stopped in order, and started again 12 s later. The writer opens new files.");
    }

    public static ServerFault dataNodePause() {
        return new ServerFault(
                "datanode-pause",
                "datanode",
                How.PAUSE,
                20,
                "The DataNode is paused for 20 s (SIGSTOP) with its connections open, and is then restarted: with one replica HDFS"
                        + " may refuse to recover the block that it was writing. Until then nothing is acknowledged.",
                true);
    }

    public static ServerFault nameNodeRestart() {
        return new ServerFault(
                "namenode-restart",
                "namenode",
                How.STOP,
                3,
                "The NameNode is stopped, and comes back through safe mode. The writer takes its slot again.");
    }

    public static ServerFault brokerKill() {
        return new ServerFault(
                "broker-kill",
                "kafka-1",
                How.KILL,
                90,
                "The only Kafka broker gets SIGKILL, and is started again 90 s later. No worker may end because of it.");
    }

    public static ServerFault nimbusKill() {
        return new ServerFault(
                "nimbus-kill",
                "nimbus",
                How.KILL,
                10,
                "Nimbus gets SIGKILL, and is started again 10 s later. The stream does not notice.");
    }

    public static ServerFault supervisorKill() {
        return new ServerFault(
                "supervisor-kill",
                SUPERVISOR,
                How.KILL,
                8,
                "One of the two Supervisors gets SIGKILL, and is started again 8 s later. Its workers live on.");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Duration lasts() {
        return Duration.ofSeconds(seconds);
    }

    @Override
    public void inject(Site site) throws IOException {
        if (server.equals(SUPERVISOR)) {
            server = SUPERVISOR + "-" + (1 + site.random().nextInt(SUPERVISORS));
        }
        ClusterControl cluster = site.cluster();
        switch (how) {
            case KILL -> cluster.kill(server);
            case STOP -> cluster.stop(server);
            case PAUSE -> cluster.pause(server);
        }
    }

    @Override
    public void heal(Site site) throws IOException {
        if (server.equals(SUPERVISOR)) {
            return; // nothing was done yet
        }
        site.cluster().resume(server);
        if (restarted) {
            site.cluster().stop(server);
        }
        site.cluster().start(List.of(server));
    }
}
