package org.offerstorm.lake.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.lake.serve.CountsAnswers;
import org.offerstorm.lake.serve.CountsServer;

/** What a program reads of the lake over HTTP, against a fold in plain Java. */
class CountsAnswersTest {
    private final RandomLog log = new RandomLog(40, 12);
    private final LakeSession lake = Lakes.create();
    private final RandomLog.Memory staging = log.new Memory(lake.spark());

    @Test
    void batch_merged_and_any_instant_are_those_of_the_log() throws Exception {
        CountsAnswers answers = new CountsAnswers(lake, staging, Lakes.GROUP);
        assertThatThrownBy(answers::range).isInstanceOf(CountsServer.NotThere.class);
        OffsetVector half = log.cut(log.size() / 2, null);
        run(half);
        staging.to(log.end());
        Instant end = Instant.now().plus(Duration.ofDays(1));

        try (CountsServer server = CountsServer.start(0, answers)) {
            JsonNode batch = get(server, "/counts");
            assertThat(cells(batch)).isEqualTo(log.counts(half, end));
            assertThat(batch.get("offsets").asText()).isEqualTo(half.encode());
            assertThat(batch.get("countedTo").asText()).isEqualTo(half.encode());

            JsonNode merged = get(server, "/counts?from=merged");
            assertThat(cells(merged)).isEqualTo(log.counts(log.end(), end));
            assertThat(merged.get("offsets").asText()).isEqualTo(half.encode());
            assertThat(merged.get("countedTo").asText()).isEqualTo(log.end().encode());

            Instant first = log.fold(half).stream()
                    .map(RandomLog.Version::from)
                    .min(Instant::compareTo)
                    .orElseThrow();
            assertThat(get(server, "/lake").get("first").asText()).isEqualTo(first.toString());
            for (int minutes : new int[] {0, 1, 7, 20, 33}) {
                Instant at = first.plus(Duration.ofMinutes(minutes));
                assertThat(cells(get(server, "/counts?at=" + at)))
                        .as("at %s", at)
                        .isEqualTo(log.counts(half, at));
                assertThat(cells(get(server, "/counts?at=" + at)))
                        .as("again, remembered")
                        .isEqualTo(log.counts(half, at));
            }

            Instant published = Instant.parse(batch.get("publishedAt").asText());
            run(log.end());
            JsonNode next = get(server, "/counts");
            assertThat(cells(next)).as("not the remembered one").isEqualTo(log.counts(log.end(), end));
            assertThat(next.get("offsets").asText()).isEqualTo(log.end().encode());
            assertThat(Instant.parse(next.get("publishedAt").asText())).isAfter(published);

            Maintenance maintenance = new Maintenance(lake, LakeTables.open(lake, Lakes.GROUP));
            maintenance.compact();
            assertThat(get(server, "/counts").get("publishedAt"))
                    .as("files that were joined are no news")
                    .isEqualTo(next.get("publishedAt"));
        }
    }

    private void run(OffsetVector cut) throws Exception {
        new BatchRun(lake, staging.to(cut), Lakes.GROUP, RunProgress.NONE).run();
    }

    private static Map<Cell, Long> cells(JsonNode answer) {
        Map<Cell, Long> cells = new HashMap<>();
        answer.get("cells")
                .forEach(cell -> cells.put(
                        Cell.of(
                                cell.get("category").asText(),
                                Continent.valueOf(cell.get("continent").asText())),
                        cell.get("count").asLong()));
        return cells;
    }

    private static JsonNode get(CountsServer server, String path) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.url() + path)).build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }
}
