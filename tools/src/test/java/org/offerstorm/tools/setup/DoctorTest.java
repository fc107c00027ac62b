package org.offerstorm.tools.setup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.check.Finding;
import org.offerstorm.core.check.Finding.Level;
import org.offerstorm.sinks.redis.RedisKeys;
import org.offerstorm.sinks.solr.Configset;
import redis.clients.jedis.Jedis;

/** Redis and Solr in every wrong state; {@link DoctorKafkaTest} and {@link DoctorHdfsTest} have the others. */
class DoctorTest {
    @TempDir
    static Path directory;

    private static AllServers servers;

    @BeforeAll
    static void start() throws Exception {
        servers = new AllServers(directory);
        servers.setup();
    }

    @AfterAll
    static void stop() throws Exception {
        servers.close();
    }

    @Test
    void all_is_well() throws Exception {
        AllServers.Run text = servers.command(List.of("doctor"));
        AllServers.Run json = servers.command(List.of("doctor", "--format", "json"));

        assertThat(text.exitCode()).as(text.out()).isZero();
        assertThat(text.out())
                .contains("ok         redis persistence ", "has every field of conf/solr/offers; ids have a filter")
                .containsPattern("\\d+ ok, 0 warn, 0 FAIL")
                .doesNotContain("fix:");
        JsonNode answer = new ObjectMapper().readTree(json.out());
        assertThat(answer.get("fail").asInt()).isZero();
        assertThat(answer.get("findings"))
                .allSatisfy(finding -> assertThat(finding.get("level").asText()).isEqualTo("ok"))
                .hasSizeGreaterThan(15);
    }

    @Test
    void nothing_is_left_behind() {
        servers.doctor();
        try (Jedis jedis = servers.jedis()) {
            assertThat(jedis.keys("*")).isEmpty();
        }
    }

    @Test
    void only_the_sinks_of_the_configuration_are_looked_at() throws Exception {
        List<Finding> findings =
                servers.doctor("sinks", "[redis]", "solr.url", "http://" + AllServers.nobody() + "/solr");
        assertThat(findings)
                .extracting(Finding::name)
                .doesNotContain("solr", "hdfs")
                .contains("redis");
        assertThat(findings).noneMatch(Finding::isFailure);
    }

    @Test
    void a_stopped_redis_is_reported_with_what_to_do() throws Exception {
        String nobody = AllServers.nobody();
        AllServers.Run run = servers.command(List.of("doctor"), "redis.uri", "redis://" + nobody);

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out())
                .containsPattern("FAIL       redis  +" + nobody + "  cannot be reached: .*Connection refused")
                .contains("fix: start Redis there, or correct redis.uri")
                .contains("1 FAIL");
    }

    @Test
    void a_redis_that_drops_keys_is_refused() {
        try (Jedis jedis = servers.jedis()) {
            jedis.configSet("maxmemory-policy", "allkeys-lru");
            try {
                only(servers.complaints(), Level.FAIL, "redis memory")
                        .contains("maxmemory-policy is allkeys-lru")
                        .contains("CONFIG SET maxmemory-policy noeviction");
            } finally {
                jedis.configSet("maxmemory-policy", "noeviction");
            }
        }
    }

    @Test
    void a_redis_whose_numbers_of_cells_run_out_is_reported_before_they_do() {
        String cells = new RedisKeys("offerstorm").cells();
        try (Jedis jedis = servers.jedis()) {
            Map<String, String> numbers = IntStream.rangeClosed(1, 52_427)
                    .boxed()
                    .collect(Collectors.toMap(i -> "c" + i + "|EU", i -> Integer.toString(i)));
            jedis.hset(cells, numbers);
            try {
                assertThat(servers.complaints()).isEmpty();
                jedis.hset(cells, "one more|EU", "52428");
                only(servers.complaints(), Level.WARN, "redis cells").contains("52428 of 65535 cells", "kill --drain");
            } finally {
                jedis.del(cells);
            }
        }
    }

    @Test
    void a_redis_too_small_for_the_offers_is_reported() {
        try (Jedis jedis = servers.jedis()) {
            jedis.configSet("maxmemory", "20mb");
            try {
                only(servers.complaints(), Level.WARN, "redis memory").contains("21 MiB");
            } finally {
                jedis.configSet("maxmemory", "0");
            }
        }
    }

    @Test
    void a_redis_that_forgets_is_reported() {
        try (Jedis jedis = servers.jedis()) {
            jedis.configSet("appendfsync", "everysec");
            try {
                only(servers.complaints(), Level.WARN, "redis persistence")
                        .contains("appendfsync is everysec")
                        .contains("CONFIG SET appendfsync always");
            } finally {
                jedis.configSet("appendfsync", "always");
            }
            jedis.configSet("appendonly", "no");
            try {
                only(servers.complaints(), Level.WARN, "redis persistence")
                        .contains("appendonly is off")
                        .contains("CONFIG SET appendonly yes");
            } finally {
                jedis.configSet("appendonly", "yes");
            }
        }
    }

    @Test
    void a_wrong_password_is_reported_and_not_shown() {
        only(
                        servers.complaints("redis.uri", "redis://worker:hunter2@127.0.0.1:" + servers.redis.port()),
                        Level.FAIL,
                        "redis")
                .contains("refuses the login")
                .contains("correct the user and password")
                .doesNotContain("hunter2");
    }

    @Test
    void a_secret_that_is_not_there_is_named() {
        only(
                        servers.complaints(
                                "redis.uri", "redis://:${env:OFFERSTORM_NO_SUCH}@127.0.0.1:" + servers.redis.port()),
                        Level.FAIL,
                        "redis")
                .contains("OFFERSTORM_NO_SUCH")
                .contains("set the secret");
    }

    @Test
    void a_user_who_may_not_do_everything_is_reported_with_what_is_missing() {
        try (Jedis jedis = servers.jedis()) {
            jedis.aclSetUser(
                    "limited", "on", ">pw", "~{offerstorm}:*", "+@all", "-xadd", "-hincrby", "-config", "-time");
            try {
                List<Finding> complaints =
                        servers.complaints("redis.uri", "redis://limited:pw@127.0.0.1:" + servers.redis.port());
                assertThat(complaints)
                        .extracting(Finding::level, Finding::name)
                        .containsExactly(
                                org.assertj.core.groups.Tuple.tuple(Level.WARN, "redis persistence"),
                                org.assertj.core.groups.Tuple.tuple(Level.FAIL, "redis permissions"));
                assertThat(complaints.get(1).message())
                        .contains("XADD", "HINCRBY")
                        .doesNotContain("HGET");
                assertThat(complaints.get(1).fix()).contains("ACL SETUSER").contains("~{offerstorm}:*");
            } finally {
                jedis.aclDelUser("limited");
            }
        }
    }

    @Test
    void a_replica_is_refused() {
        try (Jedis jedis = servers.jedis()) {
            jedis.replicaof("127.0.0.1", 1);
            try {
                only(servers.complaints(), Level.FAIL, "redis")
                        .contains("is a replica of 127.0.0.1:1")
                        .contains("name the master");
            } finally {
                jedis.replicaofNoOne();
            }
        }
    }

    @Test
    void counters_of_another_topic_are_reported() {
        try (Jedis jedis = servers.jedis()) {
            String meta = "{offerstorm}:meta";
            jedis.hset(meta, "format", "1");
            jedis.hset(meta, "topic", "others");
            jedis.hset(meta, "topic-id", "x");
            jedis.hset(meta, "epoch", "1");
            jedis.hset(meta, "partitions", "4");
            try {
                only(servers.complaints(), Level.FAIL, "redis state")
                        .contains("holds Source[topic=others")
                        .contains("redis.tag");
            } finally {
                jedis.del(meta);
            }
        }
    }

    @Test
    void a_stopped_solr_is_reported_with_what_to_do() throws Exception {
        only(servers.complaints("solr.url", "http://" + AllServers.nobody() + "/solr"), Level.FAIL, "solr")
                .contains("no answer")
                .contains("start Solr there");
    }

    @Test
    void a_solr_without_the_core_is_reported() {
        only(servers.complaints("solr.core", "nowhere"), Level.FAIL, "solr core")
                .contains("there is no core nowhere")
                .contains("offerstorm setup");
    }

    @Test
    void a_core_of_another_schema_is_reported_and_not_written_to() throws Exception {
        Configsets.copy(
                directory.resolve("solr"),
                "other",
                schema -> schema.replaceAll("<field name=\"cell\".*", "")
                        .replaceFirst("name=\"version\" type=\"plong\"", "name=\"version\" type=\"string\"")
                        .replace("type=\"text\"", "type=\"prose\"")
                        .replace("fieldType name=\"text\"", "fieldType name=\"prose\""),
                config -> config);
        SolrCalls.create(servers.solr.url(), "other");

        only(servers.complaints("solr.core", "other"), Level.FAIL, "solr schema")
                .contains("field cell is missing")
                .contains("field version has type string, not plong")
                .contains("field name has type prose, not text")
                .contains("conf/solr/offers");
        SolrCalls.commit(servers.solr.url(), "other");
        assertThat(SolrCalls.documents(servers.solr.url(), "other")).isZero();
    }

    @Test
    void a_core_of_a_schema_without_details_is_reported_with_what_to_do() throws Exception {
        Configsets.copy(
                directory.resolve("solr"),
                "before-details",
                schema -> schema.replaceAll("<(copyField|dynamicField)[^>]*\"(field_\\w+\\*|city|country)\"[^>]*>", "")
                        .replaceAll(
                                "<field name=\"(url|salary_\\w+|city|country|remote|valid_through|further)\"[^>]*>",
                                ""),
                config -> config);
        SolrCalls.create(servers.solr.url(), "before-details");

        only(servers.complaints("solr.core", "before-details"), Level.FAIL, "solr schema")
                .contains("the schema is of an older version, without city, country, remote, salary_currency")
                .contains("url, further, field_text_*")
                .contains("would hold the stream")
                .contains("copy the files of conf/solr/offers over those that the core was made from, and reload it");

        Configset.copyTo(directory.resolve("solr/configsets/before-details/conf"));
        SolrCalls.reload(servers.solr.url(), "before-details");
        assertThat(servers.complaints("solr.core", "before-details")).isEmpty();
    }

    @Test
    void a_core_of_an_older_analysis_is_reported_and_so_are_the_words_that_it_left() throws Exception {
        Configsets.copy(
                directory.resolve("solr"),
                "older",
                schema -> schema.replace("mapping.txt,spellings.txt", "mapping.txt"),
                config -> config);
        SolrCalls.create(servers.solr.url(), "older");

        only(servers.complaints("solr.core", "older"), Level.WARN, "solr schema")
                .contains("type text (index) has mapping mapping.txt in its charFilter mapping, not")
                .contains("type words has mapping mapping.txt in its charFilter mapping, not")
                .contains("copy the files of conf/solr/offers over those that the core was made from, and reload it");

        SolrCalls.add(servers.solr.url(), "older", "1", "De\u0301veloppeur");
        Configset.copyTo(directory.resolve("solr/configsets/older/conf"));
        SolrCalls.reload(servers.solr.url(), "older");
        only(servers.complaints("solr.core", "older"), Level.WARN, "solr words")
                .contains("has offers of an older schema, with words that no search finds, \"de\u0301veloppeur\"")
                .contains("fill a new core");
    }

    @Test
    void a_core_that_forgets_or_keeps_old_versions_is_reported() throws Exception {
        Configsets.copy(
                directory.resolve("solr"), "careless", schema -> schema, config -> config.replace(">FSYNC<", ">FLUSH<")
                        .replaceAll("(?s)<processor class=\"solr.DocBased.*?</processor>", ""));
        SolrCalls.create(servers.solr.url(), "careless");

        List<Finding> complaints = servers.complaints("solr.core", "careless");

        assertThat(complaints).extracting(Finding::name).containsExactly("solr update log", "solr versions");
        assertThat(complaints).allMatch(Finding::isFailure);
        assertThat(complaints.get(0).message()).contains("syncLevel is FLUSH");
    }

    @Test
    void a_solr_that_must_filter_ids_without_the_jar_is_reported() throws Exception {
        Configsets.copy(
                directory.resolve("solr"),
                "no-jar",
                schema -> schema.replace("${offerstorm.solr.idType:string}", "filteredId")
                        .replace("\"OfferIds\"", "\"NoSuchFormat\""),
                config -> config);
        SolrCalls.create(servers.solr.url(), "no-jar");

        only(servers.complaints("solr.core", "no-jar"), Level.FAIL, "solr ids")
                .contains("ids should have a filter, but Solr cannot write a segment")
                .contains("put offerstorm-solr.jar into Solr's lib directory");
    }

    @Test
    void a_core_of_a_solr_without_our_jar_is_reported_with_what_the_jar_would_save() throws Exception {
        Configsets.copy(directory.resolve("solr"), "stock", schema -> schema, config -> config);
        SolrCalls.create(servers.solr.url(), "stock");

        assertThat(servers.doctor("solr.core", "stock"))
                .filteredOn(finding -> finding.name().equals("solr schema"))
                .singleElement()
                .satisfies(
                        finding -> assertThat(finding.message()).contains("ids have no filter", "offerstorm-solr.jar"))
                .satisfies(finding -> assertThat(finding.isFailure()).isFalse());
    }

    /** That there is one complaint, and its text. */
    static org.assertj.core.api.AbstractStringAssert<?> only(List<Finding> complaints, Level level, String name) {
        ListAssert<Finding> assertion = assertThat(complaints);
        assertion.singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(level);
            assertThat(finding.name()).isEqualTo(name);
        });
        return assertThat(complaints.get(0).toString());
    }
}
