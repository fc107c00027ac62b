package org.offerstorm.tools.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.option.Option;
import org.offerstorm.core.tls.Tls;
import org.offerstorm.sinks.Sinks;

/** The table of options: complete, bound, documented, and every one of them tried. */
class OptionsTest {
    /**
     * @param sound a value other than the default
     * @param readBack how the record shows it
     * @param wrong a value that is refused
     */
    private record Case(String path, String sound, String readBack, String wrong) {}

    private static final String TRUSTING = new Tls("/ca.pem", Tls.NONE, Tls.NONE, Tls.NONE).toString();

    static final List<Case> CASES = List.of(
            new Case("source.bootstrap-servers", "a:1, [::1]:65535", "a:1,[::1]:65535", "a:65536"),
            new Case("source.topic", "offers_2", "offers_2", ".."),
            new Case("source.group", "eu#1", "eu#1", "eu 1"),
            new Case("source.epoch", "31", "31", "32"),
            new Case("source.mapping", "common", "common", " "),
            new Case("source.properties", "fetch.max.bytes=7", "{fetch.max.bytes=7}", "group.id=x"),
            new Case("dead-letters.topic", "x", "x", "x y"),
            new Case("dead-letters.properties", "linger.ms=2", "{linger.ms=2}", "max.block.ms=5001"),
            new Case("security.tls", "trust-store=/ca.pem", TRUSTING, "trust-store=ca.pem"),
            new Case("security.kafka", "sasl.mechanism=PLAIN", "{sasl.mechanism=PLAIN}", "linger.ms=2"),
            new Case("sinks", "solr,redis", "[solr, redis]", "kafka"),
            new Case("changes.topic", "changes_eu", "changes_eu", "x y"),
            new Case("changes.bootstrap-servers", "a:1,b:2", "a:1,b:2", "a"),
            new Case("changes.properties", "linger.ms=2", "{linger.ms=2}", "transactional.id=x"),
            new Case("changes.timeout", "2 s", "PT2S", "6 s"),
            new Case("redis.uri", "rediss://u:p@h:1/3", "rediss://u:p@h:1/3", "redis://u@h:1"),
            new Case("redis.sentinel-password", "${env:SENTINELS}", "${env:SENTINELS}", "open-sesame"),
            new Case("redis.tag", "eu", "eu", "a}b"),
            new Case("redis.expected-offers", "100000000", "100000000", "0"),
            new Case("redis.timeout", "100 ms", "PT0.1S", "5001 ms"),
            new Case("redis.tls", "trust-store=/ca.pem", TRUSTING, "trust-store=ca.pem"),
            new Case(
                    "solr.url",
                    "https://u:p@solr.example.org/solr/",
                    "https://u:p@solr.example.org/solr/",
                    "solr:8983"),
            new Case("solr.core", "eu.offers", "eu.offers", "-x"),
            new Case("solr.timeout", "2s", "PT2S", "99 ms"),
            new Case("solr.commit-within", "10 s", "PT10S", "11 s"),
            new Case("solr.tls", "trust-store=/ca.pem", TRUSTING, "trust-store=ca.pem"),
            new Case(
                    "postgres.url",
                    "postgresql://u:p@pg-1,pg-2:5433/jobs?sslmode=verify-full",
                    "postgresql://u:p@pg-1,pg-2:5433/jobs?sslmode=verify-full",
                    "postgresql://h/jobs?ssl=true"),
            new Case("postgres.schema", "jobs_eu", "jobs_eu", "pg_x"),
            new Case("postgres.timeout", "3 s", "PT3S", "6 s"),
            new Case("postgres.tls", "trust-store=/ca.pem", TRUSTING, "trust-store=ca.pem"),
            new Case("hdfs.uri", "hdfs://nameservice1", "hdfs://nameservice1", "hdfs://h:1/data"),
            new Case("hdfs.directory", "/data/offers", "/data/offers", "/"),
            new Case("hdfs.roll-size", "1 GiB", "1073741824", "1 KiB"),
            new Case("hdfs.roll-age", "1 h", "PT1H", "2 d"),
            new Case("hdfs.principal", "o/h@EXAMPLE.ORG", "o/h@EXAMPLE.ORG", "o"),
            new Case("hdfs.keytab", "/etc/o.keytab", "/etc/o.keytab", "o.keytab"),
            new Case("hdfs.krb5-conf", "/etc/krb5.conf", "/etc/krb5.conf", "/etc/"),
            new Case("hdfs.conf-dir", "/etc/hadoop/conf", "/etc/hadoop/conf", "conf"),
            new Case("hdfs.properties", "dfs.replication=2", "{dfs.replication=2}", "dfs.replication=none"),
            new Case("topology.name", "offers-eu", "offers-eu", "offers.eu"),
            new Case(
                    "topology.nimbus",
                    "nimbus-1:6627,nimbus-2:6627",
                    "nimbus-1:6627,nimbus-2:6627",
                    "nimbus-1:1,nimbus-2:2"),
            new Case("topology.workers", "2", "2", "0"),
            new Case("topology.worker-heap", "1 GiB", "1073741824", "64 MiB"),
            new Case("topology.metrics-port-offset", "0", "0", "-1"),
            new Case("topology.professions", "my/professions.csv", "my/professions.csv", " "),
            new Case("topology.spout-tasks", "4", "4", "0"),
            new Case("topology.parse-tasks", "5", "5", "1001"),
            new Case("topology.sink-tasks", "2", "2", "-1"),
            new Case("topology.max-spout-pending", "64", "64", "99999999999999999999"),
            new Case("topology.message-timeout", "1 min", "PT1M", "99999999999999 d"),
            new Case("triggers.rules", "t=count(*, EU) > 5", "{t=count(*, EU) > 5}", "t=count(*) > 5"),
            new Case("triggers.webhook", "https://h/${file:/k}", "https://h/${file:/k}", "ftp://h"),
            new Case(
                    "triggers.channels", "t=slack https://h/${file:/k}", "{t=slack https://h/${file:/k}}", "t=ftp://h"),
            new Case("triggers.signing-key", "${file:/k}", "${file:/k}", "whsec_abc"),
            new Case("triggers.tls", "trust-store=/ca.pem", TRUSTING, "trust-store=ca.pem"),
            new Case("dashboard.hosts", "Jobs.example.org, [::1]", "jobs.example.org,[::1]", "*.example.org"),
            new Case("dashboard.path", "/eu/jobs/", "/eu/jobs/", "/api/"),
            new Case("dashboard.keys", "ann=${env:ANN_KEY}", "{ann=${env:ANN_KEY}}", "ann=abc"),
            new Case("dashboard.workers", "w-1:7700, [::1]:7701", "w-1:7700,[::1]:7701", "w-1:77000"),
            new Case("dashboard.history-file", "/var/lib/history.json", "/var/lib/history.json", ""),
            new Case("lake.directory", "/data/lake", "/data/lake", "lake"),
            new Case("lake.serve-url", "http://127.0.0.1:8091", "http://127.0.0.1:8091", "127.0.0.1:8091"),
            new Case("ingest.keys", "erp=${env:ERP_KEY}", "{erp=${env:ERP_KEY}}", "erp=abc"),
            new Case("ingest.rate", "0", "0", "-1"),
            new Case("ingest.hosts", "Jobs.example.org, [::1]", "jobs.example.org,[::1]", "*.example.org"));

    private static final List<String> KERBEROS = List.of(
            "hdfs.principal=a@B", "hdfs.keytab=/a", "hdfs.properties.dfs.namenode.kerberos.principal=nn/_HOST@B");

    /** What has to be set for an option to have a sense. */
    private static final Map<String, List<String>> OTHERS =
            Map.of("hdfs.principal", KERBEROS, "hdfs.keytab", KERBEROS, "hdfs.krb5-conf", KERBEROS);

    @Test
    void each_option_has_a_case_here_and_each_component_of_the_records_an_option() {
        assertThat(CASES).extracting(Case::path).containsExactlyElementsOf(Options.BY_PATH.keySet());
        List<String> leaves = leaves(OfferstormConfig.class, "");
        leaves.remove("/stores");
        Sinks.ALL.forEach(sink -> leaves.addAll(leaves(sink.configType(), "/stores/" + sink.name())));
        assertThat(leaves).hasSize(Options.ALL.size() - 1); // security.kafka is in the properties of each client
        assertThat(Options.BY_PATH).hasSameSizeAs(Options.ALL);
    }

    @ParameterizedTest
    @FieldSource("CASES")
    void a_sound_value_reaches_its_record_and_no_other(Case option) throws ReflectiveOperationException {
        List<String> others = OTHERS.getOrDefault(option.path(), List.of());
        List<String> all = new ArrayList<>(others);
        all.add(assignment(option, option.sound()));
        OfferstormConfig config = ConfigLoader.resolve(List.of(), all).config();

        Map<String, String> changed = values(config, "");
        changed.entrySet()
                .removeAll(values(ConfigLoader.resolve(List.of(), others).config(), "")
                        .entrySet());
        if (option.path().startsWith("security.")) {
            assertThat(changed.values()).containsOnly(option.readBack()).hasSizeGreaterThan(1);
        } else {
            assertThat(changed.values()).containsExactly(option.readBack());
        }
    }

    @ParameterizedTest
    @FieldSource("CASES")
    void a_wrong_value_is_refused_with_the_option_and_what_to_do(Case option) {
        assertThatThrownBy(() -> ConfigLoader.resolve(List.of(), List.of(assignment(option, option.wrong()))))
                .isInstanceOfSatisfying(ConfigException.class, e -> assertThat(e.problems())
                        .singleElement()
                        .asString()
                        .startsWith("-c: " + option.path())
                        .containsAnyOf("; write", "; choose", "; remove", "; calls end"));
    }

    @Test
    void the_file_in_conf_is_the_table_and_read_again_gives_the_defaults() throws IOException {
        Path file = Path.of("../conf/offerstorm.yaml");

        assertThat(Files.readString(file))
                .as("write it again: ./offerstorm config reference --yaml > conf/offerstorm.yaml")
                .isEqualTo(ReferencePage.yaml());
        ResolvedConfig read = ConfigLoader.resolve(List.of(file), List.of());
        assertThat(read.config()).isEqualTo(ConfigLoader.defaults());
        for (Option option : Options.ALL) {
            if (!(option instanceof Option.Properties)) {
                assertThat(read.show()).containsPattern("(?m)^ *" + option.key() + ": .*# \\Q" + file + "\\E:\\d+$");
            }
        }
    }

    @Test
    void the_example_with_every_wire_closed_is_sound_and_has_nothing_to_warn_of() {
        ResolvedConfig secure = ConfigLoader.resolve(List.of(Path.of("../conf/secure.yaml")), List.of());

        assertThat(secure.findings(false)).isEmpty();
        assertThat(secure.config().source().properties())
                .containsEntry("ssl.truststore.location", "/etc/offerstorm/ca.pem")
                .containsEntry("security.protocol", "SASL_SSL");
    }

    @Test
    void the_page_in_docs_is_the_reference() throws IOException {
        assertThat(Files.readString(Path.of("../docs/configuration.md")))
                .as("write it again: ./offerstorm config reference > docs/configuration.md")
                .isEqualTo(ReferencePage.markdown());
    }

    private static String assignment(Case option, String value) {
        return option.path() + (Options.BY_PATH.get(option.path()) instanceof Option.Properties ? "." : "=") + value;
    }

    private static List<String> leaves(Class<?> type, String path) {
        List<String> leaves = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = path + "/" + component.getName();
            if (component.getType().isRecord() && component.getType() != Tls.class) {
                leaves.addAll(leaves(component.getType(), name));
            } else {
                leaves.add(name);
            }
        }
        return leaves;
    }

    private static Map<String, String> values(Object config, String path) throws ReflectiveOperationException {
        Map<String, String> values = new LinkedHashMap<>();
        for (RecordComponent component : config.getClass().getRecordComponents()) {
            String name = path + "/" + component.getName();
            Object value = component.getAccessor().invoke(config);
            if (value.getClass().isRecord() && !(value instanceof Tls)) {
                values.putAll(values(value, name));
            } else if (name.equals("/stores")) {
                for (Map.Entry<?, ?> store : ((Map<?, ?>) value).entrySet()) {
                    values.putAll(values(store.getValue(), name + "/" + store.getKey()));
                }
            } else {
                values.put(name, value.toString());
            }
        }
        return values;
    }
}
