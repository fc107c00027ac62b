package org.offerstorm.ingest.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.offerstorm.core.config.IngestConfig;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.dashboard.search.OfferSearch;
import org.offerstorm.ingest.kafka.KafkaLink;
import org.offerstorm.ingest.kafka.KeyedWriter;
import org.offerstorm.ingest.kafka.PlainWriter;
import org.offerstorm.sinks.solr.Solr;
import org.offerstorm.tools.config.ConfigLoader;
import org.offerstorm.tools.config.ReferenceTable;

/** One server over a topic, and a client of it. */
final class IngestFixture implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    private final SourceConfig source;
    private final KafkaLink link;
    private final PlainWriter plain;
    private final KeyedWriter keyed;
    private final IngestServer server;

    IngestFixture(SourceConfig source) throws IOException {
        this(source, new IngestConfig(Map.of(), 0, IngestConfig.NO_HOSTS), IngestLimits.DEFAULT);
    }

    IngestFixture(SourceConfig source, IngestConfig config, IngestLimits limits) throws IOException {
        this(source, source, config, limits);
    }

    /**
     * One that reaches Kafka in two ways.
     *
     * @param keyedSource for requests with an idempotency key
     */
    IngestFixture(SourceConfig source, SourceConfig keyedSource, IngestConfig config, IngestLimits limits)
            throws IOException {
        this.source = source;
        link = KafkaLink.start(source);
        plain = new PlainWriter(source, link);
        keyed = KeyedWriter.start(keyedSource, link);
        DataSet data = DataSet.of(ReferenceTable.builtIn());
        server = IngestServer.start(
                config,
                source.topic(),
                data,
                link,
                plain,
                keyed,
                new OfferSearch(
                        ConfigLoader.load(null, Map.of("solr.url", "http://127.0.0.1:1/solr"))
                                .of(Solr.KIND),
                        data,
                        InstantSource.system()),
                InetAddress.getLoopbackAddress(),
                0,
                limits);
    }

    /** One that has found its topic. */
    IngestFixture up() {
        Awaitility.await().atMost(PATIENCE).until(() -> link.state().up());
        return this;
    }

    KafkaLink link() {
        return link;
    }

    int port() {
        return server.port();
    }

    String url(String path) {
        return server.url() + path;
    }

    /** An answer, and its body. */
    record Reply(int status, JsonNode json, HttpResponse<String> http) {
        JsonNode item(int index) {
            return json.get("items").get(index);
        }
    }

    Reply post(String body, String... headers) throws Exception {
        return send(request("offers", headers)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    Reply lines(String body, String... headers) throws Exception {
        return send(request("offers", headers)
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    Reply delete(String id, String... headers) throws Exception {
        return send(request("offers/" + id, headers).DELETE().build());
    }

    HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url(path))).timeout(PATIENCE);
        return headers.length == 0 ? request : request.headers(headers);
    }

    Reply send(HttpRequest request) throws Exception {
        HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
        String type = response.headers().firstValue("Content-Type").orElse("");
        return new Reply(
                response.statusCode(), type.contains("json") ? MAPPER.readTree(response.body()) : null, response);
    }

    /** All that readers of committed records see of the topic, once no transaction is open. */
    List<ConsumerRecord<String, String>> records() {
        return records(source);
    }

    /** The same of a topic that can be reached without login. */
    static List<ConsumerRecord<String, String>> records(SourceConfig source) {
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = consumer(source, "read_committed");
                KafkaConsumer<String, String> whole = consumer(source, "read_uncommitted")) {
            List<TopicPartition> partitions = consumer.partitionsFor(source.topic()).stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            // The broker ends a transaction a little after its writer has the answer.
            Map<TopicPartition, Long> ends = Awaitility.await()
                    .atMost(PATIENCE)
                    .until(
                            () -> consumer.endOffsets(partitions),
                            committed -> committed.equals(whole.endOffsets(partitions)));
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    private static KafkaConsumer<String, String> consumer(SourceConfig source, String isolation) {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", source.bootstrapServers(), "isolation.level", isolation),
                new StringDeserializer(),
                new StringDeserializer());
    }

    @Override
    public void close() {
        server.close();
        link.close();
        keyed.close();
        plain.close();
    }
}
