package org.offerstorm.local.trials.chaos.fault;

import java.io.IOException;
import java.time.Duration;
import org.apache.hadoop.fs.SafeModeAction;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.offerstorm.local.trials.chaos.site.Fault;
import org.offerstorm.local.trials.chaos.site.Site;

/** An operator puts the NameNode into safe mode. */
final class HdfsSafeMode implements Fault {
    @Override
    public String name() {
        return "hdfs-safe-mode";
    }

    @Override
    public String description() {
        return "For 35 s the NameNode is in safe mode, as if by an operator: no file is opened, finished or renamed. Chunks"
                + " that cannot be made durable wait.";
    }

    @Override
    public Duration lasts() {
        return Duration.ofSeconds(35);
    }

    @Override
    public void inject(Site site) throws IOException {
        set(site, SafeModeAction.ENTER);
    }

    @Override
    public void heal(Site site) throws IOException {
        set(site, SafeModeAction.LEAVE);
    }

    private static void set(Site site, SafeModeAction action) throws IOException {
        try (DistributedFileSystem hdfs = DirectHdfs.connect(site.direct())) {
            hdfs.setSafeMode(action);
        }
    }
}
