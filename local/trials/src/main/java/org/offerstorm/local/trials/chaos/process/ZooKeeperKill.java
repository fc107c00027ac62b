package org.offerstorm.local.trials.chaos.process;

import java.io.IOException;
import java.time.Duration;
import org.offerstorm.local.trials.chaos.site.Fault;
import org.offerstorm.local.trials.chaos.site.Site;

/** Storm's ZooKeeper is unavailable; daemons of Storm that end because of it are started again, as an operating system's service manager would. */
public final class ZooKeeperKill implements Fault {
    private static final Duration LASTS = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "zookeeper-kill";
    }

    @Override
    public String description() {
        return "Storm's ZooKeeper gets SIGKILL, and is started again 10 s later, as are Nimbus and the Supervisors if"
                + " they ended because of it. The stream continues.";
    }

    @Override
    public Duration lasts() {
        return LASTS;
    }

    @Override
    public void inject(Site site) throws IOException {
        site.cluster().kill("zookeeper");
    }

    @Override
    public void heal(Site site) throws IOException {
        site.cluster().start("zookeeper");
        site.cluster().start(site.cluster().servers());
    }
}
