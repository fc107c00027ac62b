package org.offerstorm.dashboard.pipeline;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.offerstorm.core.config.DashboardConfig;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.dashboard.day.Day;
import org.offerstorm.dashboard.day.DayFile;
import org.offerstorm.dashboard.live.Connection;
import org.offerstorm.dashboard.storage.Storage;

/** What the page Pipeline shows: the workers, the stores and their last day, in a file if wanted. Any thread. */
public final class Observation implements AutoCloseable {
    /** Between two writes of the file. */
    private static final Duration PAUSE = Duration.ofMinutes(5);

    private final Storage storage;
    private final PipelineWatch pipeline;
    private final Day day;
    /** Null if the history stays in memory. */
    private final DayFile file;

    private final Thread saver;

    private Observation(OfferstormConfig config, InstantSource clock, Supplier<Connection> redis) {
        String path = config.dashboard().historyFile();
        this.file = path.equals(DashboardConfig.NO_FILE) ? null : new DayFile(Path.of(path));
        this.day = file == null ? new Day() : file.load();
        this.storage = Storage.start(config, Storage.PAUSE, day, clock, redis);
        this.pipeline = PipelineWatch.start(config, storage::stores, day, clock);
        this.saver = new Thread(this::save, "history-file");
        saver.setDaemon(true);
    }

    /**
     * Starts asking; waits for nobody.
     *
     * @param redis whether Redis answers the reader of the table
     * @throws IllegalArgumentException if an address in the configuration cannot be used
     */
    public static Observation start(OfferstormConfig config, InstantSource clock, Supplier<Connection> redis) {
        Observation observation = new Observation(config, clock, redis);
        if (observation.file != null) {
            observation.saver.start();
        }
        return observation;
    }

    public PipelineWatch pipeline() {
        return pipeline;
    }

    public Storage storage() {
        return storage;
    }

    public Day day() {
        return day;
    }

    private void save() {
        try {
            while (true) {
                Thread.sleep(PAUSE.toMillis());
                file.save(day);
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    /** Writes the file once more. */
    @Override
    public synchronized void close() {
        pipeline.close();
        storage.close();
        if (file != null && saver.isAlive()) {
            saver.interrupt();
            try {
                saver.join(PAUSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            file.save(day);
        }
    }
}
