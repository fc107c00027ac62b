package org.offerstorm.dashboard.pipeline;

import java.util.Map;
import org.offerstorm.tools.figures.WorkerFigures;

/**
 * What the workers said at one moment. Immutable.
 *
 * @param at milliseconds since 1970
 * @param workers those that answered, by their addresses
 * @param silent how many did not that are listed as workers; nobody expects one at each slot
 * @param problem why nobody could be asked; empty if nothing is wrong
 */
public record Answers(long at, Map<String, WorkerFigures> workers, int silent, String problem) {
    public Answers {
        workers = Map.copyOf(workers);
    }
}
