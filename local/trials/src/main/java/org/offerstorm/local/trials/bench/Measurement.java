package org.offerstorm.local.trials.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one run came to. Rates and CPU are those of its second half: by then the JVMs have compiled what they run.
 *
 * @param offersPerSecond records that became durable, by wall time
 * @param cpu CPU seconds per million records, by process
 * @param components CPU seconds per million records inside the worker, by component
 * @param tasks by component: its tasks, each run by one thread; components without any are threads of Storm or of clients
 * @param collections share of the time that the worker's garbage collector took
 * @param peakMemory the most resident bytes of the worker
 * @param tenths of the run, by records, in order: whether an offer costs the same when there are many
 */
record Measurement(
        String contender,
        double offersPerSecond,
        Map<String, Double> cpu,
        Map<String, Double> components,
        Map<String, Integer> tasks,
        double collections,
        long peakMemory,
        List<Tenth> tenths) {
    /**
     * A tenth of a run.
     *
     * @param workerCpu CPU seconds of the worker per million records
     * @param totalCpu the same of all processes
     * @param memory resident bytes of the worker at its end
     */
    record Tenth(double offersPerSecond, double workerCpu, double totalCpu, long memory) {}

    static final String WORKER = "worker";
    private static final double MILLION = 1e6;
    private static final int TENTHS = 10;

    /**
     * @param samples in order, the last with all {@code total} records done
     * @throws IllegalArgumentException if the run was too short to have a second half
     */
    static Measurement of(
            String contender, Map<String, Integer> tasks, List<Sample> samples, long total, long peakMemory) {
        Sample from = firstWith(samples, total / 2);
        Sample to = firstWith(samples, total);
        long records = to.reading().done() - from.reading().done();
        if (records <= 0 || to.nanos() <= from.nanos()) {
            throw new IllegalArgumentException(
                    "the run of " + contender + " was over before it could be measured; raise --offers");
        }
        double seconds = (to.nanos() - from.nanos()) / 1e9;
        Map<String, Double> cpu = new LinkedHashMap<>();
        to.cpu().forEach((process, used) -> cpu.put(process, (used - from.cpu().get(process)) * MILLION / records));
        Map<String, Double> components = new LinkedHashMap<>();
        to.reading()
                .components()
                .forEach((component, used) -> components.put(
                        component,
                        (used - from.reading().components().getOrDefault(component, 0L)) / 1e3 * MILLION / records));
        return new Measurement(
                contender,
                records / seconds,
                cpu,
                components,
                tasks,
                (to.reading().collections() - from.reading().collections()) / 1e3 / seconds,
                peakMemory,
                tenths(samples, total));
    }

    /** CPU seconds per million records, all processes together. */
    double totalCpu() {
        return cpu.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    double workerCpu() {
        return cpu.getOrDefault(WORKER, Double.NaN);
    }

    /** A short run may jump over a tenth, which then has no value (NaN). */
    private static List<Tenth> tenths(List<Sample> samples, long total) {
        List<Tenth> tenths = new ArrayList<>();
        for (int n = 0; n < TENTHS; n++) {
            Sample from = firstWith(samples, total * n / TENTHS);
            Sample to = firstWith(samples, total * (n + 1) / TENTHS);
            long records = to.reading().done() - from.reading().done();
            double all = 0;
            for (Map.Entry<String, Double> process : to.cpu().entrySet()) {
                all += process.getValue() - from.cpu().get(process.getKey());
            }
            double worker = to.cpu().get(WORKER) - from.cpu().get(WORKER);
            double millions = records == 0 ? Double.NaN : records / MILLION;
            tenths.add(new Tenth(
                    millions * MILLION * 1e9 / (to.nanos() - from.nanos()),
                    worker / millions,
                    all / millions,
                    to.memory()));
        }
        return tenths;
    }

    private static Sample firstWith(List<Sample> samples, long done) {
        return samples.stream()
                .filter(sample -> sample.reading().done() >= done)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no sample has " + done + " records done"));
    }
}
