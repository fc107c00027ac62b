package org.offerstorm.local.trials.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The topology's figures as multiples of a neighbour's. Only runs of the same round are compared, because the machine's
 * speed changes.
 *
 * @param rate the topology's offers a second, divided by the neighbour's
 * @param workerCpu the same of the CPU that an offer costs the process
 * @param totalCpu the same of the CPU that an offer costs all processes
 * @param neighbourRate offers a second of the neighbour itself
 * @param noisy whether those differ by more than a third: then other programs used the machine
 */
record NeighbourRatio(
        String neighbour, Spread rate, Spread workerCpu, Spread totalCpu, Spread neighbourRate, boolean noisy) {
    private static final double MOST_APART = 4.0 / 3;

    /**
     * Compares them round by round.
     *
     * @param topology its runs; as many as the neighbour's, in the same order
     */
    static NeighbourRatio of(String neighbour, List<Measurement> topology, List<Measurement> its) {
        Spread neighbourRate =
                Spread.of(its.stream().map(Measurement::offersPerSecond).toList());
        return new NeighbourRatio(
                neighbour,
                ratios(topology, its, Measurement::offersPerSecond),
                ratios(topology, its, Measurement::workerCpu),
                ratios(topology, its, Measurement::totalCpu),
                neighbourRate,
                neighbourRate.most() > MOST_APART * neighbourRate.least());
    }

    private static Spread ratios(
            List<Measurement> topology, List<Measurement> its, ToDoubleFunction<Measurement> figure) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < its.size(); round++) {
            ratios.add(figure.applyAsDouble(topology.get(round)) / figure.applyAsDouble(its.get(round)));
        }
        return Spread.of(ratios);
    }
}
