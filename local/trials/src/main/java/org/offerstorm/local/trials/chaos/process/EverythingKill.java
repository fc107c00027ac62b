package org.offerstorm.local.trials.chaos.process;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.offerstorm.local.trials.chaos.site.Fault;
import org.offerstorm.local.trials.chaos.site.Site;

/** What a power failure of the whole machine leaves, but for what the disks' own caches would lose. */
public final class EverythingKill implements Fault {
    private static final Duration LASTS = Duration.ofSeconds(3);
    private static final Duration TAKES = Duration.ofMinutes(1);

    @Override
    public String name() {
        return "everything-kill";
    }

    @Override
    public String description() {
        return "All servers and workers get SIGKILL at once, and are started again 3 s later. Nothing that was acknowledged is"
                + " lost, and nothing is counted twice.";
    }

    @Override
    public Duration lasts() {
        return LASTS;
    }

    @Override
    public Duration takes() {
        return TAKES;
    }

    @Override
    public void inject(Site site) throws IOException {
        List<String> all = new ArrayList<>(site.cluster().servers());
        all.addAll(site.cluster().workers());
        site.cluster().kill(all);
    }

    @Override
    public void heal(Site site) throws IOException {
        site.cluster().start(site.cluster().servers());
    }
}
