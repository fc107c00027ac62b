package org.offerstorm.topology.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.offerstorm.bolts.testing.TopologyDriver;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.sink.DeadLetter;
import org.offerstorm.core.sink.SetupStep;
import org.offerstorm.core.sink.WriteResult;
import org.offerstorm.local.servers.EmbeddedHdfs;
import org.offerstorm.local.servers.EmbeddedKafka;
import org.offerstorm.local.servers.EmbeddedPostgres;
import org.offerstorm.local.servers.EmbeddedRedis;
import org.offerstorm.local.servers.EmbeddedSolr;
import org.offerstorm.sinks.changes.Changes;
import org.offerstorm.sinks.changes.ChangesReader;
import org.offerstorm.sinks.deadletter.KafkaDeadLetters;
import org.offerstorm.sinks.postgres.Postgres;
import org.offerstorm.sinks.solr.Configset;
import org.offerstorm.tools.config.ConfigLoader;
import org.offerstorm.tools.mapping.DataSets;
import org.offerstorm.tools.setup.KafkaTopics;
import org.offerstorm.tools.setup.Lag;
import org.offerstorm.topology.cli.TopologyCommands;
import org.offerstorm.topology.wiring.OffersTopology;
import picocli.CommandLine;
import redis.clients.jedis.Jedis;

/**
 * Real Kafka, Redis, Solr, HDFS and, if it is wanted, PostgreSQL; the topology fills them, a test spoils them, and {@code
 * verify} is asked.
 */
final class LoadedStores implements AutoCloseable {
    private static final int PARTITIONS = 2;
    private static final String SINKS = "hdfs, solr, redis";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final EmbeddedKafka kafka;
    private final EmbeddedRedis redis;
    private final EmbeddedSolr solr;
    private final EmbeddedHdfs hdfs;
    /** Null if there is none. */
    private final EmbeddedPostgres postgres;

    private final Producer<byte[], byte[]> producer;
    private int run;
    private String mapping = SourceConfig.NO_MAPPING;
    private String sinks;

    LoadedStores(Path directory) throws Exception {
        this(directory, false);
    }

    /** @param withPostgres whether there is a PostgreSQL, and its sink among the others */
    LoadedStores(Path directory, boolean withPostgres) throws Exception {
        kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0);
        redis = EmbeddedRedis.start(directory.resolve("redis"), 0);
        solr = EmbeddedSolr.start(directory.resolve("solr"), 0, Configset::copyTo);
        hdfs = EmbeddedHdfs.start(directory.resolve("hdfs"), 0);
        postgres = withPostgres ? EmbeddedPostgres.start(directory.resolve("postgres"), 0) : null;
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Has the topics' records be those of a mapping, from now on. */
    void map(Path file) {
        mapping = file.toString();
    }

    /** A new topic and empty stores. */
    void begin() throws Exception {
        run++;
        sinks = usualSinks();
        solr("/update?commit=true", "{\"delete\":{\"query\":\"*:*\"}}");
        try (KafkaTopics topics = new KafkaTopics(kafka.bootstrapServers(), Map.of())) {
            topics.offers(topic(), PARTITIONS);
            topics.deadLetters(topic() + ".dlq", topic());
        }
        if (postgres != null) {
            for (SetupStep step : config().bound(Postgres.KIND).setup()) {
                step.make();
            }
        }
    }

    private String usualSinks() {
        return postgres == null ? SINKS : SINKS + ", postgres";
    }

    /** Adds the topic of changes to the stream, from the next load on. */
    void addChanges() throws IOException {
        sinks = usualSinks() + ", changes";
        for (SetupStep step : config().bound(Changes.KIND).setup()) {
            step.make();
        }
    }

    /** Values of the topic of changes. */
    List<String> changes() throws IOException {
        List<String> values = new ArrayList<>();
        new ChangesReader(config().of(Changes.KIND), kafka.bootstrapServers())
                .forEach(record -> values.add(new String(record.value(), UTF_8)));
        return values;
    }

    /** A topic for dead letters that holds none. */
    String emptyTopic() throws Exception {
        String name = topic() + ".empty";
        try (KafkaTopics topics = new KafkaTopics(kafka.bootstrapServers(), Map.of())) {
            topics.deadLetters(name, topic());
        }
        return name;
    }

    String topic() {
        return "offers-" + run;
    }

    /** Redis' prefix of all keys. */
    String tag() {
        return "{run" + run + "}:";
    }

    String directory() {
        return "/run" + run;
    }

    OfferstormConfig config() {
        return ConfigLoader.load(null, settings());
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("source.bootstrap-servers", kafka.bootstrapServers());
        settings.put("source.topic", topic());
        settings.put("source.group", "group-of-" + topic());
        settings.put("source.mapping", mapping);
        settings.put("sinks", sinks);
        settings.put("changes.topic", topic() + ".changes");
        settings.put("dead-letters.topic", topic() + ".dlq");
        settings.put("redis.uri", redis.uri());
        settings.put("redis.tag", "run" + run);
        settings.put("redis.expected-offers", "1000");
        settings.put("solr.url", solr.url());
        settings.put("hdfs.uri", hdfs.uri());
        settings.put("hdfs.directory", directory());
        if (postgres != null) {
            settings.put("postgres.url", postgres.uri());
            settings.put("postgres.schema", "run" + run);
        }
        return settings;
    }

    /** Letters as the topology writes them: as often as it takes. */
    void write(DeadLetter... letters) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (KafkaDeadLetters topic =
                new KafkaDeadLetters(kafka.bootstrapServers(), config().deadLetters(), InstantSource.system())) {
            while (topic.write(List.of(letters)) instanceof WriteResult.Retryable failed) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(failed.message());
                }
                Thread.sleep(50);
            }
        }
    }

    /** Sends a record; a null value withdraws the offer. Returns its offset. */
    long send(int partition, String id, String value) throws Exception {
        return send(topic(), partition, id.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8));
    }

    /** The same of any bytes, to any topic. */
    long send(String topic, Integer partition, byte[] key, byte[] value) throws Exception {
        return producer.send(new ProducerRecord<>(topic, partition, key, value))
                .get()
                .offset();
    }

    /** Lets the topology make all of the topic durable, and finish its files. */
    void load() throws Exception {
        load(() -> true);
    }

    /** The same, and goes on until so much is true besides. */
    void load(Callable<Boolean> enough) throws Exception {
        OfferstormConfig config = config();
        try (TopologyDriver driver = TopologyDriver.start(
                        OffersTopology.build(config, DataSets.of(config)),
                        new HashMap<>(OffersTopology.stormConfig(config)));
                Lag lag = new Lag(config.source())) {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (lag.offsets() > 0 || !enough.call()) {
                step(driver, deadline);
            }
            driver.deactivate();
            for (int i = 0; i < 10 || driver.pending() > 0; i++) {
                step(driver, deadline);
            }
        }
    }

    /** Lets the topology run until so much is true, and a while longer; then it is gone, as after a crash. */
    void run(Callable<Boolean> enough) throws Exception {
        OfferstormConfig config = config();
        try (TopologyDriver driver = TopologyDriver.start(
                OffersTopology.build(config, DataSets.of(config)), new HashMap<>(OffersTopology.stormConfig(config)))) {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!enough.call()) {
                step(driver, deadline);
            }
            for (int i = 0; i < 40; i++) {
                step(driver, deadline);
            }
        }
    }

    private static void step(TopologyDriver driver, long deadline) throws InterruptedException {
        if (System.nanoTime() > deadline) {
            throw new IllegalStateException("not loaded in time: " + driver);
        }
        driver.run();
        driver.tick();
        Thread.sleep(50);
    }

    /** Kafka's administration, for what operators and retention do to a topic. */
    Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    /** What the command said and how it ended. */
    record Answer(int exitCode, List<String> lines, String errors) {}

    /** Runs {@code verify}. */
    Answer verify(String... options) {
        return command(List.of("verify"), options);
    }

    /** Runs {@code trace}. */
    Answer trace(String... words) {
        return command(List.of("trace"), words);
    }

    /** Runs {@code counts}. */
    Answer counts(String... options) {
        return command(List.of("counts"), options);
    }

    /** Runs {@code dlq} and a command of its. */
    Answer letters(String command, String... words) {
        return command(List.of("dlq", command), words);
    }

    private Answer command(List<String> command, String... options) {
        List<String> arguments = new ArrayList<>(command);
        settings().forEach((key, value) -> arguments.addAll(List.of("-c", key + "=" + value)));
        arguments.addAll(List.of(options));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line =
                TopologyCommands.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int code = line.execute(arguments.toArray(String[]::new));
        return new Answer(code, out.toString().lines().toList(), err.toString());
    }

    /** Patient: Redis waits for the disk after each write. */
    Jedis redis() {
        return new Jedis(URI.create(redis.uri()), (int) PATIENCE.toMillis());
    }

    /** Runs statements in the tables of this run. */
    void postgres(String... statements) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set search_path to run" + run);
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    /** The DataNode crashes and is back: nobody knows the lengths of open files then. */
    void restartDataNode() throws IOException {
        hdfs.stopDataNode();
        hdfs.restartDataNode();
    }

    FileSystem hdfs() throws IOException {
        Configuration conf = new Configuration();
        conf.setInt("dfs.replication", 1);
        return FileSystem.newInstance(URI.create(hdfs.uri()), conf);
    }

    /** Posts JSON to the core. */
    String solr(String handler, String json) throws Exception {
        HttpResponse<String> response = HTTP.send(
                HttpRequest.newBuilder(URI.create(solr.url() + "/" + EmbeddedSolr.CORE + handler))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(response.body());
        }
        return response.body();
    }

    @Override
    public void close() throws IOException {
        producer.close(Duration.ZERO);
        if (postgres != null) {
            postgres.close();
        }
        hdfs.close();
        solr.close();
        redis.close();
        kafka.close();
    }
}
