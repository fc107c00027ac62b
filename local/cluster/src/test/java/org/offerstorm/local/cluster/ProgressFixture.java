package org.offerstorm.local.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.offerstorm.local.servers.Proc;

/** The start of a process that only sleeps, by a clock of the test. */
public final class ProgressFixture {
    private ProgressFixture() {}

    /** Begins now, as {@code nanos} has it. */
    public static Progress of(Duration patience, LongSupplier nanos) {
        return new Progress(
                patience,
                List.of(),
                new Progress.Machine() {
                    @Override
                    public Optional<Proc.Turns> turns() {
                        return Optional.empty();
                    }

                    @Override
                    public double cpuSeconds() {
                        return 0;
                    }
                },
                nanos);
    }
}
