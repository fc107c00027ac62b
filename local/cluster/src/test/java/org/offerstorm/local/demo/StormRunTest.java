package org.offerstorm.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.apache.storm.daemon.supervisor.Supervisor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StormRunTest {
    @TempDir
    private Path temp;

    /** A thread that starts a Supervisor and then waits for the processor: its timers run before it continues. */
    @Test
    void a_supervisor_whose_start_is_interrupted_by_its_own_timers_comes_up() throws Exception {
        Brake brake = new Brake();
        brake.start();
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        context.getConfiguration().addAppender(brake);
        context.getConfiguration().getRootLogger().addAppender(brake, Level.INFO, null);
        Configurator.setLevel(Supervisor.class.getName(), Level.INFO);
        try (DataDirectory directory = DataDirectory.open(temp);
                StormRun storm = StormRun.start(directory, new Ports(directory.resolve("ports"), Map.of()))) {
            assertThat(storm.supervisors()).isOne();
        } finally {
            context.getConfiguration().getRootLogger().removeAppender(brake.getName());
        }
        assertThat(brake.braked).as("started Supervisors").hasSize(1);
    }

    private static final class Brake extends AbstractAppender {
        private final List<String> braked = new CopyOnWriteArrayList<>();

        private Brake() {
            super("brake", (Filter) null, null, true, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            String message = event.getMessage().getFormattedMessage();
            if (message.startsWith("Starting supervisor with id")) { // the last thing that its start does
                braked.add(message);
                try {
                    Thread.sleep(2_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
