package org.offerstorm.local.chaos.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.offerstorm.local.chaos.Fault;
import org.offerstorm.local.chaos.Site;
import org.offerstorm.local.cluster.ClusterControl;

/** One server is away for a time: killed, stopped or paused, and then there again, with the data that it had. */
public final class ServerFault implements Fault {
    private enum How {
        KILL,
        STOP,
        PAUSE,
        RESTART
    }

    private final String server;
    private final String word;
    private final How how;
    private final int seconds;
    private final String description;

    private ServerFault(String server, String word, How how, int seconds, String description) {
        this.server = server;
        this.word = word;
        this.how = how;
        this.seconds = seconds;
        this.description = description;
    }

    public static ServerFault redisKill() {
        return new ServerFault(
                "redis",
                "redis",
                How.KILL,
                5,
                "Redis gets SIGKILL, and is started again 5 s later. The stream waits; the counters are those of before.");
    }

    @Override
    public String name() {
        return word + "-" + how.name().toLowerCase(Locale.ROOT);
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
        ClusterControl cluster = site.cluster();
        switch (how) {
            case KILL -> cluster.kill(server);
            case STOP, RESTART -> cluster.stop(server);
            case PAUSE -> cluster.pause(server);
        }
    }

    @Override
    public void heal(Site site) throws IOException {
        ClusterControl cluster = site.cluster();
        if (how == How.PAUSE) {
            cluster.resume(server);
        }
        cluster.start(List.of(server));
    }
}
