package org.offerstorm.dashboard.trigger;

import java.time.Duration;
import java.util.function.Consumer;
import org.offerstorm.dashboard.pipeline.Answers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the rules on the pipeline checked, every four seconds at most. Used by one thread. */
public final class HealthWatch implements Consumer<Answers> {
    private static final Logger LOG = LoggerFactory.getLogger(HealthWatch.class);

    /** Between two checks; answers come more often. */
    static final Duration PACE = Duration.ofSeconds(4);

    private final Triggers triggers;
    private final HealthFigures figures = new HealthFigures();
    private long checked = Long.MIN_VALUE;
    private String problem = "";

    /**
     * Checks nothing yet.
     *
     * @param triggers whose rules are checked
     */
    public HealthWatch(Triggers triggers) {
        this.triggers = triggers;
    }

    @Override
    public void accept(Answers answers) {
        if (checked != Long.MIN_VALUE && Math.abs(answers.at() - checked) < PACE.toMillis()) {
            return;
        }
        checked = answers.at();
        say(answers.problem());
        if (answers.problem().isEmpty()) {
            figures.add(answers.at(), answers.workers(), answers.silent());
            triggers.look(figures, answers.at());
        }
    }

    /** Once for each new problem. */
    private void say(String now) {
        if (!now.equals(problem) && !now.isEmpty()) {
            LOG.warn("The rules on the pipeline are not checked: {}", now);
        } else if (!now.equals(problem)) {
            LOG.info("The rules on the pipeline are checked again");
        }
        problem = now;
    }
}
