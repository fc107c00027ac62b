package org.offerstorm.local.trials.chaos.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.offerstorm.local.trials.chaos.site.Fault;
import org.offerstorm.local.trials.chaos.site.Site;

/**
 * Solr's disk takes no more. Permissions would not do: the server may run as root, and has its files open. So the system lets
 * the process write no file (Linux, {@code prlimit --fsize=0}): each write fails, as on a file system that was mounted
 * read-only after an error. Lucene then closes its writer for good, and Solr has to be restarted, as after such an
 * error. Standalone Solr has no read-only switch; the {@code readOnly} of a collection needs SolrCloud.
 */
final class SolrReadOnly implements Fault {
    private static final String SOLR = "solr";

    private boolean limited;

    @Override
    public String name() {
        return "solr-read-only";
    }

    @Override
    public String description() {
        return "For 15 s Solr can write to no file, as on a disk that became read-only; then Solr is restarted. The stream"
                + " waits, and what was acknowledged is there.";
    }

    @Override
    public Duration lasts() {
        return Duration.ofSeconds(15);
    }

    @Override
    public void inject(Site site) throws Exception {
        limited = true;
        long pid = site.cluster().pid(SOLR);
        Process prlimit = new ProcessBuilder("prlimit", "--pid", Long.toString(pid), "--fsize=0:unlimited")
                .redirectErrorStream(true)
                .start();
        String said = new String(prlimit.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (prlimit.waitFor() != 0) {
            throw new IOException("prlimit does not limit Solr (pid " + pid + "): " + said);
        }
    }

    @Override
    public void heal(Site site) throws IOException {
        if (limited) {
            // Not stop: it would commit, and the limit would keep it from that.
            site.cluster().kill(SOLR);
            site.cluster().start(SOLR);
            limited = false;
        }
    }
}
