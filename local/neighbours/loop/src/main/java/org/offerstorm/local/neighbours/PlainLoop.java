package org.offerstorm.local.neighbours;

/**
 * What a user without any engine would write, which is the practical limit of what the topology can reach: on each core a
 * thread that polls its partitions, parses and classifies, and threads that write to the sinks. The parser, the classifier
 * and the sinks are the topology's own. It keeps no guarantee: nothing is committed, and nothing survives a crash.
 *
 * <p>It prints what {@link DoneCount#report} says.
 */
public final class PlainLoop {
    private PlainLoop() {}

    /**
     * Runs until nobody reads its output.
     *
     * @param args a configuration file, then settings {@code KEY=VALUE}
     */
    public static void main(String[] args) {
        Workload work = Workload.of(args);
        for (int slot = 0; slot < work.threads(); slot++) {
            LoopReader reader = new LoopReader(work, slot);
            Work.start("read-" + slot, reader::run);
        }
        work.done().report();
    }
}
