package org.offerstorm.local.trials.chaos.fault;

import java.io.IOException;
import java.time.Duration;
import org.apache.hadoop.fs.ContentSummary;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.offerstorm.local.trials.chaos.site.Fault;
import org.offerstorm.local.trials.chaos.site.Site;
import org.offerstorm.sinks.hdfs.Hdfs;

/** The directory of the stream has reached its quota, of names and of space. */
final class HdfsQuota implements Fault {
    @Override
    public String name() {
        return "hdfs-quota";
    }

    @Override
    public String description() {
        return "For 35 s the quotas of the HDFS directory are what it uses: no file and no block more. The stream waits where"
                + " it needs one, at the latest when its file is to be finished, and says why.";
    }

    @Override
    public Duration lasts() {
        return Duration.ofSeconds(35);
    }

    @Override
    public void inject(Site site) throws IOException {
        try (DistributedFileSystem hdfs = DirectHdfs.connect(site.direct())) {
            Path directory = directory(site);
            ContentSummary used = hdfs.getContentSummary(directory);
            long names = used.getFileCount() + used.getDirectoryCount();
            hdfs.setQuota(directory, names, Math.max(1, used.getSpaceConsumed()));
            site.log("hdfs-quota: " + names + " names, " + used.getSpaceConsumed() + " bytes");
        }
    }

    @Override
    public void heal(Site site) throws IOException {
        try (DistributedFileSystem hdfs = DirectHdfs.connect(site.direct())) {
            hdfs.setQuota(directory(site), HdfsConstants.QUOTA_RESET, HdfsConstants.QUOTA_RESET);
        }
    }

    private static Path directory(Site site) {
        return new Path(site.direct().of(Hdfs.KIND).directory());
    }
}
