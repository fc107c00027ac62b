package org.offerstorm.local.neighbours;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** How many records are done. Any thread may add. */
public final class DoneCount {
    private static final long PERIOD_NANOS = 100_000_000;

    private final AtomicLong done = new AtomicLong();

    DoneCount() {}

    void add(long records) {
        done.addAndGet(records);
    }

    /** Prints a line each 100 ms: records done, and milliseconds of garbage collections. Ends the process when nobody reads them. */
    public void report() {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.US_ASCII);
        while (!out.checkError()) { // ends with the process that started it
            LockSupport.parkNanos(PERIOD_NANOS);
            out.println(done.get() + " " + collections());
        }
        Runtime.getRuntime().halt(0);
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }
}
