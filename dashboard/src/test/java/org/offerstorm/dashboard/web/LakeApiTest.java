package org.offerstorm.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables of the lake in the dashboard's API. */
class LakeApiTest {
    @TempDir
    private static Path directory;

    private static FakeLake lake;
    private static DashboardFixture fixture;

    @BeforeAll
    static void start() throws Exception {
        lake = new FakeLake();
        fixture = new DashboardFixture(directory, "lake.serve-url=" + lake.url());
    }

    @AfterAll
    static void stop() throws Exception {
        fixture.close();
        lake.close();
    }

    @BeforeEach
    void forget() {
        lake.recover();
        lake.asked().clear();
    }

    @Test
    void each_layer_answers_with_its_table_and_up_to_where_it_counts() throws Exception {
        JsonNode live = fixture.json("api/counts?from=live");
        assertThat(live.has("id")).isTrue();
        assertThat(lake.asked()).isEmpty();

        JsonNode batch = fixture.json("api/counts?from=batch");
        assertThat(batch.get("from").asText()).isEqualTo("batch");
        assertThat(batch.get("at").isNull()).isTrue();
        assertThat(batch.get("offsets").asText()).isEqualTo("1;0:275");
        assertThat(batch.get("publishedAt").asText()).isEqualTo(lake.publishedAt.toString());
        assertThat(batch.get("total").asLong()).isEqualTo(FakeLake.DAYS + 2);
        assertThat(batch.at("/categories/1/total").asLong()).isEqualTo(FakeLake.DAYS);
        assertThat(batch.at("/continents/0/total").asLong()).isEqualTo(2);

        assertThat(fixture.json("api/counts?from=merged").get("from").asText()).isEqualTo("merged");

        JsonNode day = fixture.json("api/counts?at=" + lake.first().plusSeconds(7 * 86_400 + 5));
        assertThat(day.get("from").asText()).isEqualTo("batch");
        assertThat(day.get("at").asText())
                .isEqualTo(lake.first().plusSeconds(7 * 86_400 + 5).toString());
        assertThat(day.get("total").asLong()).isEqualTo(7 + 2);
        assertThat(fixture.json("api/counts?from=batch&at=" + lake.first().plusSeconds(7 * 86_400 + 5)))
                .isEqualTo(day);

        JsonNode range = fixture.json("api/lake");
        assertThat(range.get("served").asBoolean()).isTrue();
        assertThat(range.get("first").asText()).isEqualTo(lake.first().toString());
        JsonNode api = fixture.json("api/openapi.json").at("/components/schemas");
        assertThat(day.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(() -> api.at(
                        "/LakeCounts/properties")
                .fieldNames());
        assertThat(api.at("/Lake/properties").fieldNames())
                .toIterable()
                .contains("problem")
                .containsAll(range::fieldNames);
    }

    @Test
    void what_cannot_be_asked_is_refused_and_the_lake_is_not_troubled() throws Exception {
        for (String[] wrong : List.of(
                new String[] {"from=history", "from is 'history'; write live, batch or merged"},
                new String[] {"from=", "from is ''; write live, batch or merged"},
                new String[] {
                    "at=yesterday",
                    "'yesterday' is not a point in time; write 2026-11-01 or 2026-11-01T09:30:00Z, in" + " UTC"
                },
                new String[] {
                    "at=+999999999-01-01T00:00:00Z",
                    "' 999999999-01-01T00:00:00Z' is not a point in time; write"
                            + " 2026-11-01 or 2026-11-01T09:30:00Z, in UTC"
                },
                new String[] {"at=2026-11-01&at=2026-11-02", "'at' is there twice"},
                new String[] {
                    "from=merged&at=2026-11-01",
                    "at asks the history, which is a part of the batch; leave from=merged" + " out"
                },
                new String[] {
                    "from=live&at=2026-11-01",
                    "at asks the history, which is a part of the batch; leave from=live" + " out"
                },
                new String[] {
                    "at=" + URLEncoder.encode("2026-11-01' OR '1'='1", StandardCharsets.UTF_8),
                    "'2026-11-01' OR '1'='1'"
                            + " is not a point in time; write 2026-11-01 or 2026-11-01T09:30:00Z, in UTC"
                })) {
            HttpResponse<String> answer = fixture.get("api/counts?" + wrong[0]);
            assertThat(answer.statusCode()).as(wrong[0]).isEqualTo(400);
            assertThat(error(answer)).isEqualTo(wrong[1]);
        }
        assertThat(lake.asked()).isEmpty();
    }

    @Test
    void a_lake_that_gives_no_answer_is_away_and_nobody_learns_where_it_is() throws Exception {
        String away = "the lake does not answer; the dashboard's log has the reason";
        for (String strange : List.of(
                "",
                "[]",
                "null",
                "{}",
                "{\"cells\":[]}",
                "{\"offsets\":\"1;0:1\",\"publishedAt\":\"soon\",\"countedTo\":\"\",\"cells\":[]}",
                "{\"offsets\":\"1;0:1\",\"publishedAt\":\"2026-11-01T00:00:00Z\",\"countedTo\":\"\",\"cells\":[{}]}",
                "{\"offsets\":\"1;0:1\",\"publishedAt\":\"2026-11-01T00:00:00Z\",\"countedTo\":\"\",\"cells\":[{\"category\":\"a\","
                        + "\"continent\":\"MARS\",\"count\":1}]}",
                "x".repeat(9 << 20))) {
            lake.say(200, strange);
            HttpResponse<String> answer = fixture.get("api/counts?from=batch");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(error(answer)).isEqualTo(away);
        }
        lake.say(503, "{\"schema\":1,\"error\":\"there is no lake in hdfs://secret:9000/lake\"}");
        assertThat(error(fixture.get("api/counts?at=2026-11-01"))).isEqualTo(away);
        JsonNode range = fixture.json("api/lake");
        assertThat(range.get("problem").asText()).isEqualTo(away);
        assertThat(range.get("served").asBoolean()).isTrue();
        assertThat(fixture.get("api/counts").statusCode()).as("the live table").isEqualTo(200);
    }

    @Test
    void without_a_lake_the_answer_says_how_to_start_one(@TempDir Path other) throws Exception {
        try (DashboardFixture alone = new DashboardFixture(other)) {
            HttpResponse<String> answer = alone.get("api/counts?at=2026-11-01");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(error(answer))
                    .isEqualTo(
                            "this dashboard has no lake to ask; start 'offerstorm lake serve', and set lake.serve-url to"
                                    + " the address that it prints");
            assertThat(alone.json("api/lake").get("served").asBoolean()).isFalse();
        }
    }

    private static String error(HttpResponse<String> answer) throws Exception {
        return new ObjectMapper().readTree(answer.body()).get("error").asText();
    }
}
