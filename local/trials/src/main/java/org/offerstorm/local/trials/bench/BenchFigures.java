package org.offerstorm.local.trials.bench;

/** What a benchmark has measured; its properties are the JSON of {@code bench --json}. */
public sealed interface BenchFigures permits BenchReport, SteadyReport {
    /** For people, with a line feed at the end. */
    String text();
}
