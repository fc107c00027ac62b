package org.offerstorm.topology.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.offerstorm.bolts.testing.FeedSpout;
import org.offerstorm.bolts.testing.TopologyDriver;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.ChunkHeader;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.OffsetRange;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.reference.ProfessionsReader;
import org.offerstorm.core.sink.SinkFactory;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.sinks.Sinks;
import org.offerstorm.sinks.memory.InMemoryDeadLetters;
import org.offerstorm.sinks.memory.InMemorySink;
import org.offerstorm.sinks.memory.InMemoryStore;
import org.offerstorm.tools.config.ConfigLoader;

/** What the whole topology writes into the log, at every level, when all that comes is bad. */
class BadInputLogTest {
    private static final String NAME = BadInputLogTest.class.getName();
    private static final String OURS = "org.offerstorm";

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    /** The driver runs all components in the test's thread. */
    private final long topologysThread = Thread.currentThread().getId();

    /** Threads of clients and servers that earlier tests left behind: they log too. */
    private final Set<Thread> earlier = Thread.getAllStackTraces().keySet();

    private final LoggerContext logging = (LoggerContext) LogManager.getContext(false);
    private final AbstractAppender capture = new AbstractAppender(NAME, null, null, true, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
            boolean isOurs = event.getLoggerName().startsWith(OURS) && !earlier.contains(Thread.currentThread());
            if (event.getThreadId() == topologysThread || isOurs) {
                lines.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
            }
        }
    };
    private TopologyDriver driver;

    @BeforeEach
    void start() throws IOException {
        capture.start();
        logging.getConfiguration().getRootLogger().addAppender(capture, Level.ALL, null);
        Configurator.setLevel(OURS, Level.ALL);

        OfferstormConfig config = ConfigLoader.defaults();
        Map<SinkKind<?>, SinkFactory> sinks = new LinkedHashMap<>();
        for (SinkKind<?> sink : Sinks.ALL) {
            sinks.put(sink, InMemorySink.factory(sink.name(), NAME + sink));
        }
        OffersTopology.Parts parts = new OffersTopology.Parts(
                new FeedSpout(NAME),
                InMemoryDeadLetters.factory(NAME),
                DataSet.of(ProfessionsReader.read(
                        new ByteArrayInputStream("id,name,category_name\n".getBytes(UTF_8)), "test")),
                () -> (latitude, longitude) -> Continent.EU,
                sinks);
        driver = TopologyDriver.start(
                OffersTopology.wire(config, parts), new HashMap<>(OffersTopology.stormConfig(config)));
        lines.clear(); // the first topology of a process starts with lines of Storm
    }

    @AfterEach
    void stop() {
        driver.close();
        Configurator.setLevel(OURS, (Level) null);
        logging.getConfiguration().getRootLogger().removeAppender(NAME);
        FeedSpout.feed(NAME).clear();
        InMemoryDeadLetters.forget(NAME);
        for (SinkKind<?> sink : Sinks.ALL) {
            InMemoryStore.forget(NAME + sink);
        }
    }

    @Test
    void a_flood_of_bad_records_gives_a_line_for_each_parse_task_in_ten_seconds_and_no_more() {
        int tasks = ConfigLoader.defaults().topology().parseTasks();
        for (int chunk = 0; chunk < 20; chunk++) {
            feed(chunk);
        }
        driver.run();
        assertThat(lines).isEmpty();
        for (int second = 0; second < 10; second++) {
            driver.tick();
        }
        lines.removeIf(line -> line.matches("INFO \\S+ continues after [0-9]+ s")); // if the machine paused in a call

        assertThat(driver.acked()).isEqualTo(20);
        assertThat(lines).hasSizeBetween(1, tasks).allSatisfy(line -> assertThat(line)
                .startsWith("WARN parse task ")
                .contains("(100 %): duplicate_field ", "offers-0@", "'\\u001b[2J\\u000a'")
                .hasSizeLessThanOrEqualTo("WARN ".length() + 512));
        assertThat(lines.stream().mapToLong(BadInputLogTest::bad).sum()).isEqualTo(20_000);
    }

    private static long bad(String line) {
        return Long.parseLong(line.replaceFirst(".*: ([0-9]+) of [0-9]+ records.*", "$1"));
    }

    private static void feed(int chunk) {
        List<SourceRecord> records = new ArrayList<>();
        byte[] value = "{\"id\":\"a\",\"\\u001b[2J\\n\":1,\"\\u001b[2J\\n\":2}".getBytes(UTF_8);
        for (long offset = chunk * 1000L; offset < (chunk + 1) * 1000L; offset++) {
            records.add(new SourceRecord(new SourcePosition(0, offset, 0), new byte[] {'a'}, value));
        }
        OffsetRange range = new OffsetRange(0, chunk * 1000L, (chunk + 1) * 1000L, chunk == 0);
        FeedSpout.feed(NAME)
                .addLast(new Chunk<>(
                        new ChunkHeader(new Source("offers", "id", 1, 1), 0, 1, List.of(range), List.of(), false),
                        records));
    }
}
