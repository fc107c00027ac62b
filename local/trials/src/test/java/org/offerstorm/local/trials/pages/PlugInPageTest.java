package org.offerstorm.local.trials.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import javax.tools.ToolProvider;
import org.apache.storm.task.GeneralTopologyContext;
import org.apache.storm.task.OutputCollector;
import org.apache.storm.topology.IRichBolt;
import org.apache.storm.tuple.Fields;
import org.apache.storm.tuple.Tuple;
import org.apache.storm.tuple.TupleImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.bolts.testing.RecordingCollector;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Source;
import org.offerstorm.local.servers.EmbeddedRedis;
import org.offerstorm.sinks.contract.ChunkBuilder;
import org.offerstorm.tools.generate.LoadOffers;

/** The programs of docs/plug-in.md, taken from the page and run. */
class PlugInPageTest {
    private static final String HOSTILE = "Arts, \"&\" <crafts>";

    @TempDir
    Path directory;

    private PagePrograms programs;
    private EmbeddedRedis redis;
    private LoadOffers offers;

    @BeforeEach
    void start() throws IOException {
        programs = new PagePrograms(directory);
        redis = EmbeddedRedis.start(directory.resolve("redis"), 0);
        offers = new LoadOffers(new org.offerstorm.sinks.redis.RedisConfig(
                redis.uri(), "offerstorm", 1_000, java.time.Duration.ofSeconds(5)));
    }

    @AfterEach
    void end() throws IOException {
        programs.close();
        offers.close();
        redis.close();
    }

    @Test
    void the_python_consumer_follows_the_table() throws Exception {
        assumeTrue(PagePrograms.runs("python3", "--version"), "there is no python3 here");
        Path program = programs.write("consumer.py", "python", "class Redis");

        follows(List.of("python3", program.toString()));
    }

    @Test
    void the_java_consumer_follows_the_table() throws Exception {
        follows(programs.java(programs.write("Consumer.java", "java", "class Consumer")));
    }

    @Test
    void the_bolt_compiles_and_does_what_it_says() throws Exception {
        Path program = programs.write("AlertBolt.java", "java", "class AlertBolt");
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        directory.toString(),
                        program.toString());
        assertThat(result).isZero();
        ChunkBuilder log = new ChunkBuilder(new Source("offers", "id", 1, 1));
        RecordingCollector collector = new RecordingCollector();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
            IRichBolt bolt = (IRichBolt)
                    loader.loadClass("AlertBolt").getConstructor(String.class).newInstance("Health");
            bolt.prepare(Map.of(), null, new OutputCollector(collector));
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            bolt.execute(tuple(log.upsert("a", Cell.of("Health", Continent.EU))
                    .upsert("b", Cell.of("Sales", Continent.EU))
                    .delete("a")
                    .cut()));
        } finally {
            System.setOut(out);
        }

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .startsWith("Health|EU\t")
                .hasLineCount(1);
        assertThat(collector.acked).hasSize(1);
    }

    @Test
    void the_page_names_the_keys_as_they_are() throws Exception {
        offers.writeOne(Cell.of("Tech", Continent.EU));
        String page = Files.readString(PagePrograms.PAGE);

        try (var jedis = new redis.clients.jedis.Jedis(URI.create(redis.uri()))) {
            assertThat(jedis.hget("{offerstorm}:meta", "format")).isEqualTo("1");
            assertThat(jedis.hgetAll("{offerstorm}:counts")).isEqualTo(Map.of("Tech|EU", "1"));
            assertThat(jedis.xrange("{offerstorm}:changes", "-", "+")
                            .get(0)
                            .getFields()
                            .keySet())
                    .containsExactlyInAnyOrder("at", "new", "corrected", "deleted", "Tech|EU");
            assertThat(jedis.keys("{offerstorm}:rate:*")).hasSize(1);
        }
        assertThat(page).contains("`{TAG}:meta`", "`{TAG}:counts`", "`{TAG}:changes`", "`{TAG}:rate:MINUTE`");
    }

    /** Total, each change, and after a new start with the last id what was missed. */
    private void follows(List<String> command) throws Exception {
        offers.writeOne(Cell.of("Tech", Continent.EU));
        BlockingQueue<String> lines = start(command);
        assertThat(programs.next(lines)).startsWith("total 1 at ");

        offers.writeOne(Cell.of(HOSTILE, Continent.AS));
        String[] change = programs.next(lines).split("\t", -1);
        assertThat(change).hasSize(4).endsWith("+1", HOSTILE, "AS");
        programs.close();

        offers.writeOne(Cell.of("Tech", Continent.SA));
        offers.writeOne(Cell.of("Tech", Continent.UNKNOWN));
        BlockingQueue<String> resumed = start(command, change[0]);
        assertThat(programs.next(resumed)).endsWith("\t+1\tTech\tSA");
        assertThat(programs.next(resumed)).endsWith("\t+1\tTech\tUNKNOWN");
    }

    private BlockingQueue<String> start(List<String> command, String... id) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("127.0.0.1", Integer.toString(redis.port())));
        arguments.addAll(List.of(id));
        return programs.start(command, arguments.toArray(String[]::new));
    }

    private static Tuple tuple(Object chunk) {
        GeneralTopologyContext context =
                new GeneralTopologyContext(null, Map.of(), Map.of(1, "continent"), Map.of(), Map.of(), null) {
                    @Override
                    public Fields getComponentOutputFields(String component, String stream) {
                        return new Fields("chunk");
                    }
                };
        return new TupleImpl(context, List.of(chunk), "continent", 1, "default");
    }
}
