package org.offerstorm.local.trials.chaos;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.local.cluster.ClusterControl;
import org.offerstorm.local.cluster.CommandRunner;
import org.offerstorm.local.trials.chaos.site.LakeRuns;
import org.offerstorm.local.trials.chaos.site.Proxies;
import org.offerstorm.local.trials.chaos.site.Site;

/** The run's cluster, for one step. */
record RunSite(
        ClusterControl cluster,
        OfferstormConfig direct,
        Optional<LakeRuns> runs,
        Proxies proxies,
        Random random,
        Path directory,
        Function<List<String>, CommandRunner.Answer> commands,
        RunLog log)
        implements Site {
    @Override
    public LakeRuns lake() {
        return runs.orElseThrow(() -> new IllegalStateException("this run has no lake"));
    }

    @Override
    public int offerstorm(String... words) {
        log("$ offerstorm " + String.join(" ", words));
        CommandRunner.Answer answer = commands.apply(List.of(words));
        log(answer.text());
        log("exit code " + answer.code());
        return answer.code();
    }

    @Override
    public void log(String line) {
        log.line(line);
    }
}
