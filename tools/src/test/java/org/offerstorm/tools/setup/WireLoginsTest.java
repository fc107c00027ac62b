package org.offerstorm.tools.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.check.Finding;
import org.offerstorm.tools.config.ConfigLoader;

class WireLoginsTest {
    @Test
    void open_wires_are_named_so() {
        assertThat(logins("sinks=hdfs,redis,solr,postgres", "postgres.url=postgresql://ann@db:5432/jobs"))
                .containsExactly(
                        "login kafka 127.0.0.1:9092: without a name, over an open wire",
                        "login redis redis://127.0.0.1:6379: without a name, over an open wire",
                        "login solr http://127.0.0.1:8983/solr: without a name, over an open wire",
                        "login postgres postgresql://db:5432/jobs: as ann, over an open wire",
                        "login hdfs hdfs://127.0.0.1:8020: as this system's user, whom HDFS believes");
    }

    @Test
    void of_closed_ones_the_user_and_the_way_are_named_and_no_secret() {
        assertThat(logins(
                        "sinks=hdfs,redis,solr,postgres",
                        "security.tls.key-store=/keys.pem",
                        "security.kafka.security.protocol=SASL_SSL",
                        "security.kafka.sasl.mechanism=SCRAM-SHA-512",
                        "security.kafka.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required"
                                + " username=\"ann\" password=\"${file:/kafka}\";",
                        "redis.uri=rediss://ann:${file:/redis}@redis:6380",
                        "solr.url=https://ann:${env:SOLR}@solr:8983/solr",
                        "postgres.url=postgresql://${env:USER}:${file:/db}@db:5432/jobs?sslmode=verify-full",
                        "hdfs.principal=ann@EXAMPLE.ORG",
                        "hdfs.keytab=/keytab",
                        "hdfs.properties.dfs.namenode.kerberos.principal=nn/_HOST@EXAMPLE.ORG"))
                .containsExactly(
                        "login kafka 127.0.0.1:9092: as ann, by SCRAM-SHA-512, over TLS with a certificate",
                        "login redis rediss://redis:6380: as ann, over TLS with a certificate",
                        "login solr https://solr:8983/solr: as ann, over TLS with a certificate",
                        "login postgres postgresql://db:5432/jobs: as …, over TLS with a certificate",
                        "login hdfs hdfs://127.0.0.1:8020: as ann@EXAMPLE.ORG, by Kerberos");
    }

    @Test
    void servers_that_are_not_used_are_left_out() {
        assertThat(logins("sinks=redis", "security.kafka.security.protocol=SSL"))
                .containsExactly(
                        "login kafka 127.0.0.1:9092: without a name, over TLS",
                        "login redis redis://127.0.0.1:6379: without a name, over an open wire");
    }

    private static List<String> logins(String... settings) {
        return WireLogins.of(ConfigLoader.resolve(List.of(), List.of(settings)).config()).stream()
                .map(WireLoginsTest::text)
                .toList();
    }

    private static String text(Finding finding) {
        return finding.name() + " " + finding.where() + ": " + finding.message();
    }
}
