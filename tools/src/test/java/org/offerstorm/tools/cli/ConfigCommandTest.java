package org.offerstorm.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.sinks.Sinks;
import org.offerstorm.tools.config.Masking;
import picocli.CommandLine;

class ConfigCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void validate_says_that_all_is_sound() throws IOException {
        assertThat(run("config", "validate")).isZero();
        assertThat(out).hasToString("The defaults are sound.\n");

        assertThat(run("config", "validate", "--config", file("a.yaml", "sinks: [redis]\n")))
                .isZero();
        assertThat(out.toString()).endsWith("The configuration is sound.\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void validate_reports_all_problems_and_exits_2() throws IOException {
        String a = file("a.yaml", "redis:\n  timeout: 7 s\n  tga: x\n");

        assertThat(run("config", "validate", "--config", a, "-c", "source.epoch=x"))
                .isEqualTo(2);

        assertThat(err.toString().lines())
                .containsExactly(
                        a + ":2:12: redis.timeout: 7 s is too much; write 100 ms to 5 s",
                        a + ":3:3: redis.tga: unknown key; did you mean 'tag'?",
                        "-c: source.epoch: 'x' is not a whole number; write digits alone",
                        "3 problems");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void validate_reads_the_mapping_too() throws IOException {
        String sound = file("sound.yaml", "offer: {name: title}\n");
        String wrong = file("wrong.yaml", "key: maybe\noffer: {nam: title, name: t}\n");

        assertThat(run("config", "validate", "-c", "source.mapping=" + sound)).isZero();
        assertThat(run("config", "validate", "-c", "source.mapping=common")).isZero();
        assertThat(run("config", "validate", "-c", "source.mapping=" + wrong)).isEqualTo(2);

        assertThat(err.toString().lines())
                .containsExactly(
                        wrong + ":1:6: key: is \"maybe\"; write required or from-field",
                        wrong + ":2:9: offer.nam: unknown field of an offer; did you mean 'name'?",
                        "2 problems");
    }

    @Test
    void validate_warns_of_secrets_that_are_written_out_and_does_not_repeat_them() throws IOException {
        String a = file("a.yaml", "redis:\n  uri: redis://ann:geheim@h:1\n");

        assertThat(run("config", "validate", "--config", a)).isZero();

        assertThat(err.toString()).startsWith("warning: " + a + ":2:8: redis.uri: a secret is written out");
        assertThat(err.toString()).doesNotContain("geheim");
    }

    @Test
    void show_tells_where_each_value_came_from() throws IOException {
        String a = file("a.yaml", "redis:\n  timeout: 2 s\n  tag: a\n");
        String b = file("b.yaml", "# over it\nredis: {tag: b}\n");

        assertThat(run("config", "show", "--config", a, "--config", b, "-c", "source.epoch=2"))
                .isZero();

        assertThat(out.toString().lines().map(line -> line.replaceAll(" +", " ")))
                .contains(
                        "source:",
                        " topic: offers # default",
                        " epoch: 2 # -c",
                        " timeout: 2 s # " + a + ":2",
                        " tag: b # " + b + ":2");
    }

    @Test
    void show_hides_secrets_and_shows_references() throws IOException {
        String a = file("a.yaml", """
                redis:
                  uri: redis://ann:geh@im/1@h:1
                solr:
                  url: https://${env:U}:${file:/run/p}@h/solr
                source:
                  properties:
                    ssl.key.password: geheim2
                    ssl.keystore.password: ${env:STORE}
                    sasl.jaas.config: org.x.Login required username="a" password="${file:/run/q}" token="geheim3";
                    client.rack: r1
                dead-letters:
                  properties:
                    registry.url: http://bob:geheim4@registry:80/x
                    interceptor.options: user=a,password=geheim5
                hdfs:
                  properties:
                    hadoop.security.credential.provider.path: geheim6
                """.replace("geh@im/1", "geh%40im1"));

        assertThat(run("config", "show", "--config", a)).as(err.toString()).isZero();

        String shown = out.toString().replaceAll(" +# .*", "");
        assertThat(shown)
                .doesNotContain("geh%40im1", "geheim")
                .contains(
                        "uri: \"redis://ann:********@h:1\"",
                        "url: \"https://${env:U}:${file:/run/p}@h/solr\"",
                        "ssl.key.password: \"********\"",
                        "ssl.keystore.password: \"${env:STORE}\"",
                        "sasl.jaas.config: \"org.x.Login required username=\\\"a\\\" password=\\\"${file:/run/q}\\\""
                                + " token=\\\"********\\\";\"",
                        "client.rack: r1",
                        "registry.url: \"http://bob:********@registry:80/x\"",
                        "interceptor.options: \"********\"",
                        "hadoop.security.credential.provider.path: \"********\"");
    }

    @ParameterizedTest
    @CsvSource({
        "https://hooks.example.org/services/T0/B0/geheim, https://hooks.example.org/********",
        "https://hooks.example.org?key=geheim, https://hooks.example.org/********",
        "https://hooks.example.org:8443/#geheim, https://hooks.example.org:8443/********",
        "https://geheim@hooks.example.org, https://********@hooks.example.org",
        "https://ann:gehe%40im@hooks.example.org/geheim, https://********@hooks.example.org/********",
        "https://ann:${env:PW}@h.example.org/, https://********${env:PW}@h.example.org/",
        "https://h.example.org/a/${file:/run/hook}?token=geheim,"
                + " https://h.example.org/********${file:/run/hook}********",
    })
    void what_follows_the_host_of_a_webhook_is_hidden_and_warned_of(String webhook, String hidden) {
        assertThat(run("config", "show", "-c", "triggers.webhook=" + webhook)).isZero();
        assertThat(out.toString()).contains("webhook: \"" + hidden + "\"").doesNotContain("geheim", "gehe%40im");

        assertThat(run("config", "validate", "-c", "triggers.webhook=" + webhook))
                .isZero();
        assertThat(err.toString())
                .startsWith("warning: -c: triggers.webhook: what follows the host is written out")
                .doesNotContain("geheim", "gehe%40im");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "${file:/run/hook}",
                "https://hooks.example.org",
                "https://hooks.example.org/",
                "https://hooks.example.org/services/${file:/run/hook}",
                "http://127.0.0.1:9000/",
            })
    void a_webhook_without_a_secret_is_shown(String webhook) {
        assertThat(run("config", "show", "-c", "triggers.webhook=" + webhook)).isZero();
        assertThat(out.toString()).contains(webhook).doesNotContain("/****", "/\"****");

        assertThat(run("config", "validate", "-c", "triggers.webhook=" + webhook))
                .isZero();
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "slack https://hooks.example.org/services/T0/geheim | slack https://hooks.example.org/********",
                "teams   https://h.example.org/w?sig=geheim | teams   https://h.example.org/********",
                "https://geheim@h.example.org | https://********@h.example.org",
                "slack https://h.example.org/${file:/run/h}?token=geheim"
                        + " | slack https://h.example.org/********${file:/run/h}********",
                "smtps://ops:geheim@m.example.org?from=a@b.org&to=c@d.org"
                        + " | smtps://ops:********@m.example.org?from=a@b.org&to=c@d.org",
                "mail smtp://ops:gehe%40im@m.example.org:587?from=a@b.org&to=c@d.org"
                        + " | mail smtp://ops:********@m.example.org:587?from=a@b.org&to=c@d.org",
            })
    void the_secret_of_a_channel_is_hidden_and_warned_of(String channel, String hidden) {
        assertThat(run("config", "show", "-c", "triggers.channels.a=" + channel))
                .isZero();
        assertThat(out.toString()).contains("a: \"" + hidden + "\"").doesNotContain("geheim", "gehe%40im");

        assertThat(run("config", "validate", "-c", "triggers.channels.a=" + channel))
                .isZero();
        assertThat(err.toString())
                .startsWith("warning: -c: triggers.channels.a: ")
                .contains("is written out")
                .doesNotContain("geheim", "gehe%40im")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "slack https://hooks.example.org/services/${file:/run/hook}",
                "${file:/run/hook}",
                "mail ${file:/run/mail}",
                "alertmanager http://127.0.0.1:9093",
                "smtps://ops:${file:/run/smtp}@m.example.org:465?from=a@b.org&to=c@d.org,e@f.org",
                "smtp://ops:${file:/run/smtp}@m.example.org?from=a@b.org&to=c@d.org",
                "smtp://127.0.0.1:2525?from=a@b.org&to=c@d.org&starttls=off",
                "smtps://m.example.org:465?from=a@b.org&to=c@d.org",
            })
    void a_channel_without_a_secret_is_shown(String channel) {
        assertThat(run("config", "show", "-c", "triggers.channels.a=" + channel))
                .isZero();
        assertThat(out.toString()).contains(channel).doesNotContain("/****", ":****", "\"****", "}****");

        assertThat(run("config", "validate", "-c", "triggers.channels.a=" + channel))
                .isZero();
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SLACK https://h.example.org/geheim",
                "discord https://h.example.org/geheim",
                "slack h.example.org/geheim",
                "slack https://h.example.org/geheim more",
                "https://h.example.org/ge^heim",
                "slack smtps://ops:geheim@m.example.org?from=a@b.org&to=c@d.org",
                "smtps://ops:geheim@m.example.org?from=a@b.org",
                "smtps://ops:geheim@m.example.org?from=a@b.org&to=c@d.org&tls=no",
                "smtp://ops:geheim@m.example.org?from=a@b.org&to=c@d.org&starttls=off",
                "smtps://ops:ge/heim@m.example.org?from=a@b.org&to=c@d.org",
                "smtps://geheim@m.example.org?from=a@b.org&to=c@d.org",
            })
    void a_wrong_channel_is_not_quoted(String channel) {
        assertThat(run("config", "validate", "-c", "triggers.channels.a=" + channel))
                .isEqualTo(2);
        assertThat(err.toString()).contains("triggers.channels.a").doesNotContain("heim");
        assertThat(Masking.setting("triggers.channels.a=" + channel)).doesNotContain("heim");
        assertThat(Masking.setting("triggers.chanels.a=" + channel)).satisfies(shown -> {
            if (channel.contains("://")) {
                assertThat(shown).doesNotContain("heim");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"dashboard.keys.ann", "ingest.keys.erp"})
    void a_key_is_shown_as_its_reference_and_never_quoted(String option) {
        assertThat(run("config", "show", "-c", option + "=${env:NO_SUCH_KEY}")).isZero();
        assertThat(out.toString()).contains("${env:NO_SUCH_KEY}");
        assertThat(Masking.setting(option + "=${env:NO_SUCH_KEY}")).isEqualTo(option + "=${env:NO_SUCH_KEY}");

        assertThat(run("config", "validate", "-c", option + "=geheim0123456789"))
                .isEqualTo(2);
        assertThat(err.toString()).contains(option).doesNotContain("heim");
        assertThat(Masking.setting(option + "=geheim0123456789")).isEqualTo(option + "=********");
    }

    @Test
    void exactly_what_kafka_hides_is_hidden() throws IOException {
        String a = file("a.yaml", """
                source:
                  properties:
                    sasl.oauthbearer.token.endpoint.url: https://login.example.org/oauth2
                    sasl.oauthbearer.client.credentials.client.secret: geheim1
                    sasl.login.callback.handler.class: org.x.TokenHandler
                    ssl.truststore.certificates: "-----BEGIN CERTIFICATE-----"
                    ssl.keystore.key: geheim2
                    security.protocol: SASL_SSL
                """);

        assertThat(run("config", "validate", "--config", a)).isZero();
        assertThat(err.toString().lines().map(line -> line.replaceAll(".*properties\\.([a-z.]+):.*", "$1")))
                .containsExactly("sasl.oauthbearer.client.credentials.client.secret", "ssl.keystore.key");

        assertThat(run("config", "show", "--config", a)).isZero();
        assertThat(out.toString())
                .contains("https://login.example.org/oauth2", "org.x.TokenHandler", "BEGIN CERTIFICATE")
                .doesNotContain("geheim");
    }

    @Test
    void words_in_names_of_rules_and_switches_are_no_secrets() throws IOException {
        String a = file("a.yaml", """
                triggers:
                  rules:
                    secretaries: count(Secretary, EU) == 5
                    token-ring: "count(secret, *) == 0 for 10m"
                hdfs:
                  properties:
                    hadoop.security.token.service.use_ip: false
                    dfs.block.access.token.enable: true
                """);

        assertThat(run("config", "validate", "--config", a)).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(run("config", "show", "--config", a)).isZero();
        assertThat(out.toString())
                .contains("count(Secretary, EU) == 5", "use_ip: false")
                .doesNotContain(": \"****");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redis.uri=redis://ann:${env:PW}@redis.example.org:6379 | redis.uri | write rediss://",
                "redis.uri=redis://:${env:PW}@192.0.2.7:6379 | redis.uri | write rediss://",
                "redis.uri=redis://:${env:PW}@[2001:db8::1]:6379 | redis.uri | write rediss://",
                "redis.uri=redis-sentinel://:${env:PW}@127.0.0.1:1,s.example.org:1/m | redis.uri | write"
                        + " rediss-sentinel://",
                "solr.url=http://ann:${env:PW}@solr.example.org/solr | solr.url | write https://",
                "postgres.url=postgresql://ann:${env:PW}@db.example.org/jobs | postgres.url | add ?sslmode=verify-full",
                "postgres.url=postgres://ann:${env:PW}@localhost,[2001:db8::1]:5433/jobs?sslmode=prefer | postgres.url"
                        + " | add ?sslmode=verify-full",
                "triggers.webhook=http://hooks.example.org/${env:HOOK} | triggers.webhook | write https://",
                "triggers.channels.a=slack http://hooks.example.org/${env:HOOK} | triggers.channels.a | write https://",
                "triggers.channels.a=alertmanager http://am.example.org:9093 | triggers.channels.a | write https://",
                "triggers.channels.a=smtp://m.example.org?from=a@b.org&to=c@d.org&starttls=off | triggers.channels.a"
                        + " | write smtps://, or leave starttls=off out",
                "dead-letters.properties.registry.url=http://bob:${env:PW}@registry.example.org"
                        + " | dead-letters.properties.registry.url | write https://",
                "source.properties.sasl.oauthbearer.token.endpoint.url=http://login.example.org/oauth2"
                        + " | source.properties.sasl.oauthbearer.token.endpoint.url | write https://",
            })
    void a_secret_that_leaves_the_machine_without_tls_is_warned_of(String setting, String option, String advice) {
        assertThat(run("config", "validate", "-c", setting)).as(err.toString()).isZero();
        assertThat(err.toString())
                .startsWith("warning: -c: " + option + ": ")
                .contains("without TLS", advice)
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis.uri=rediss://ann:${env:PW}@redis.example.org:6379",
                "redis.uri=redis://redis.example.org:6379",
                "redis.uri=redis://ann:${env:PW}@127.0.0.1:6379",
                "redis.uri=redis://ann:${env:PW}@LOCALHOST:6379",
                "redis.uri=redis://ann:${env:PW}@[::1]:6379",
                "redis.uri=redis://ann:${env:PW}@[0:0:0:0:0:0:0:1]:6379",
                "redis.uri=${file:/run/redis}",
                "redis.uri=rediss-sentinel://:${env:PW}@s.example.org:1/m",
                "redis.uri=redis-sentinel://s.example.org:1/m",
                "redis.uri=redis-sentinel://:${env:PW}@127.0.0.1:1,[::1]:2/m",
                "postgres.url=postgresql://ann:${env:PW}@db.example.org/jobs?sslrootcert=/ca.pem&sslmode=verify-full",
                "postgres.url=postgresql://db.example.org/jobs",
                "postgres.url=postgresql://ann:${env:PW}@127.0.0.1,[::1]:5433/jobs",
                "solr.url=https://ann:${env:PW}@solr.example.org/solr",
                "solr.url=http://solr.example.org/solr",
                "triggers.webhook=http://localhost:9000/${env:HOOK}",
                "triggers.channels.a=smtp://localhost?from=a@b.org&to=c@d.org&starttls=off",
                "triggers.channels.a=smtp://m.example.org?from=a@b.org&to=c@d.org",
            })
    void what_stays_here_or_has_tls_or_no_secret_is_not_warned_of(String setting) {
        assertThat(run("config", "validate", "-c", setting)).as(err.toString()).isZero();
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "SASL_PLAINTEXT, PLAIN, kafka.example.org:9092, the password goes",
        "sasl_plaintext, PLAIN, '127.0.0.1:9092,kafka.example.org:9092', the password goes",
        "SASL_PLAINTEXT, OAUTHBEARER, kafka.example.org:9092, the token goes",
        "SASL_PLAINTEXT, SCRAM-SHA-512, kafka.example.org:9092, can be guessed",
        "SASL_PLAINTEXT, GSSAPI, kafka.example.org:9092, ''",
        "SASL_PLAINTEXT, PLAIN, '127.0.0.1:9092,localhost:9093', ''",
        "SASL_SSL, PLAIN, kafka.example.org:9092, ''",
    })
    void a_login_at_kafka_without_tls_is_warned_of(String protocol, String mechanism, String servers, String warning) {
        for (String section : List.of("source", "dead-letters", "changes")) {
            err.getBuffer().setLength(0);
            assertThat(run(
                            "config",
                            "validate",
                            "-c",
                            section + ".properties.security.protocol=" + protocol,
                            "-c",
                            section + ".properties.sasl.mechanism=" + mechanism,
                            "-c",
                            "source.bootstrap-servers=" + servers))
                    .as(err.toString())
                    .isZero();
            if (warning.isEmpty()) {
                assertThat(err.toString()).isEmpty();
            } else {
                assertThat(err.toString())
                        .startsWith("warning: -c: " + section + ".properties.security.protocol: ")
                        .contains(warning, "write SASL_SSL");
            }
        }
    }

    @Test
    void doctor_looks_at_what_references_name() throws IOException {
        String secret = file("redis", "redis://ann:geheim@hidden.example.org:6379\n");
        String[] settings = {
            "-c", "sinks=none", "-c", "source.bootstrap-servers=127.0.0.1:1", "-c", "redis.uri=${file:" + secret + "}"
        };

        assertThat(run(Stream.concat(Stream.of("config", "validate"), Stream.of(settings))
                        .toArray(String[]::new)))
                .isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(run(Stream.concat(Stream.of("doctor"), Stream.of(settings)).toArray(String[]::new)))
                .isEqualTo(3);
        assertThat(out.toString())
                .contains("redis.uri", "the password goes to another host without TLS", "1 warn")
                .doesNotContain("geheim", "hidden.example.org");
    }

    @Test
    void doctor_warns_of_the_same() {
        assertThat(run(
                        "doctor",
                        "-c",
                        "sinks=none",
                        "-c",
                        "source.bootstrap-servers=127.0.0.1:1",
                        "-c",
                        "redis.uri=redis://ann:geheim@redis.example.org:6379"))
                .isEqualTo(3);
        assertThat(out.toString())
                .contains("redis.uri", "a secret is written out", "without TLS", "2 warn")
                .doesNotContain("geheim");
    }

    @Test
    void a_password_in_a_mistyped_argument_is_not_repeated() throws IOException {
        assertThat(run("config", "validate", "-c", "redis.uri:redis://ann:geheim@h:1"))
                .isEqualTo(2);
        assertThat(run("config", "validate", "-c", "source.properties.ssl.key.password:geheim"))
                .isEqualTo(2);
        assertThat(run("config", "validate", "redis.uri=redis://ann:geheim@h:1"))
                .isEqualTo(2);
        assertThat(run("config", "validate", "--config", file("a.yaml", "redis: {'uri redis://ann:geheim@h:1': }\n")))
                .isEqualTo(2);
        assertThat(err.toString()).contains("redis://ann:********@h:1").doesNotContain("geheim");
    }

    @Test
    void show_of_a_wrong_configuration_tells_its_problems_and_exits_2() throws IOException {
        String a = file("a.yaml", "sinks: [tape]\nsorce: {}\n");

        assertThat(run("config", "show", "--config", a)).isEqualTo(2);

        String sinks = Sinks.ALL.stream().map(SinkKind::name).collect(Collectors.joining(", "));
        assertThat(err.toString().lines())
                .containsExactly(
                        "show: the configuration has 2 problems:",
                        a + ":1:9: sinks: there is no sink 'tape'; choose among " + sinks,
                        a + ":2:1: sorce: unknown key; did you mean 'source'?");
    }

    @Test
    void other_commands_take_the_same_options() throws IOException {
        String a = file("a.yaml", "redis:\n  uri: redis://127.0.0.1:1\n");
        assertThat(run("counts", "--config", a)).isEqualTo(3);
        assertThat(err.toString()).contains("127.0.0.1:1");
        assertThat(run("counts", "-c", "redis.uri=redis://127.0.0.1:2")).isEqualTo(3);
        assertThat(err.toString()).contains("127.0.0.1:2");
        assertThat(run("counts", "--redis", "redis://127.0.0.1:3", "--config", a))
                .isEqualTo(3);
        assertThat(err.toString()).contains("127.0.0.1:3");
        assertThat(run("counts", "--redis", "redis://127.0.0.1")).isEqualTo(2);
    }

    @Test
    void a_secret_that_is_not_there_is_bad_usage() {
        assertThat(run("counts", "-c", "redis.uri=redis://:${file:/no/such}@127.0.0.1:1"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("${file:/no/such}, which cannot be read here");
    }

    @Test
    void without_a_command_it_says_which_there_are() {
        assertThat(run("config")).isEqualTo(2);
        assertThat(err.toString()).contains("validate, show or reference");
    }

    private String file(String name, String yaml) throws IOException {
        return Files.writeString(directory.resolve(name), yaml).toString();
    }

    private int run(String... arguments) {
        CommandLine line = ToolCommands.commandLine();
        line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
