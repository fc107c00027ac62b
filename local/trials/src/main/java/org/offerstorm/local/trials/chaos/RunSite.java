package org.offerstorm.local.trials.chaos;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.local.cluster.ClusterControl;

/** The run's cluster, for one step. */
record RunSite(
        ClusterControl cluster,
        OfferstormConfig direct,
        Proxies proxies,
        Random random,
        Path directory,
        Commands commands,
        RunLog log)
        implements Site {
    @Override
    public int offerstorm(String... words) {
        log("$ offerstorm " + String.join(" ", words));
        Commands.Answer answer = commands.run(List.of(words), Map.of());
        log(answer.text());
        log("exit code " + answer.code());
        return answer.code();
    }

    @Override
    public void log(String line) {
        log.line(line);
    }
}
