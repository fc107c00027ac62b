package org.offerstorm.tools.cli;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.offerstorm.tools.verify.VerifyProgress;

/** A bar on standard error for each part of a verification; gone when it is over. One thread. */
final class VerifyBar implements VerifyProgress, AutoCloseable {
    private static final int STEPS = 1 << 10;

    private ProgressBar bar;
    private long steps;

    @Override
    public void begin(String what, long max) {
        close();
        steps = 0;
        bar = new ProgressBarBuilder()
                .setTaskName(what)
                .setInitialMax(max)
                .clearDisplayOnFinish()
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build();
    }

    @Override
    public void step() {
        if (++steps % STEPS == 0) {
            bar.stepTo(steps);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
