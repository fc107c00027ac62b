package org.offerstorm.tools.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong configurations and every word of what is said about them; {@code my.yaml} stands for the file's path. */
class ConfigProblemsTest {
    @TempDir
    private Path directory;

    @SuppressWarnings("StringConcatToTextBlock") // a case on few lines shows its columns better
    static Stream<Arguments> files() {
        return Stream.of(
                file(
                        "a key with a typing error",
                        "redis:\n  timout: 5 s\n",
                        "my.yaml:2:3: redis.timout: unknown key; did you mean 'timeout'?"),
                file(
                        "a key in another habit of writing",
                        "hdfs:\n  rollSize: 64 MiB\n",
                        "my.yaml:2:3: hdfs.rollSize: unknown key; did you mean 'roll-size'?"),
                file(
                        "a key of nowhere",
                        "solr:\n  colour: red\n",
                        "my.yaml:2:3: solr.colour: unknown key; known here: url, core, timeout, commit-within, tls"),
                file(
                        "a key in the wrong section",
                        "topology:\n  epoch: 2\ntopic: offers\n",
                        "my.yaml:2:3: topology.epoch: unknown key here; it belongs below source",
                        "my.yaml:3:1: topic: unknown key here; it belongs below source or dead-letters or changes"),
                file(
                        "a key with dots",
                        "redis.timeout: 5 s\n",
                        "my.yaml:1:1: redis.timeout: keys have no dots; write 'redis:' and, indented below it,"
                                + " 'timeout: …'"),
                file(
                        "units",
                        "redis:\n  timeout: 5 sheep\nsolr:\n  timeout: 5\nhdfs:\n  roll-size: 7 MB\n",
                        "my.yaml:2:12: redis.timeout: '5 sheep' is not a duration; write 500 ms, 10 s, 5 min, 2 h or 1 d",
                        "my.yaml:4:12: solr.timeout: '5' is not a duration; write 500 ms, 10 s, 5 min, 2 h or 1 d",
                        "my.yaml:6:14: hdfs.roll-size: '7 MB' is not a size; write 512 B, 64 KiB, 128 MiB or 1 GiB"),
                file(
                        "ranges",
                        "source:\n  epoch: 32\nredis:\n  timeout: 6 s\ntopology:\n  parse-tasks: 0\n",
                        "my.yaml:2:10: source.epoch: 32 is too much; write 1 to 31",
                        "my.yaml:4:12: redis.timeout: 6 s is too much; write 100 ms to 5 s",
                        "my.yaml:6:16: topology.parse-tasks: 0 is too little; write 1 to 1000"),
                file(
                        "types",
                        "source:\n  epoch: many\n  topic: [a]\nredis: here\nsinks: redis\nhdfs:\n  properties: [x]\n",
                        "my.yaml:2:10: source.epoch: 'many' is not a whole number; write digits alone",
                        "my.yaml:3:10: source.topic: is a list; write one value: 1 to 249 letters, digits, '.', '_' and"
                                + " '-'",
                        "my.yaml:4:8: redis: is a text; it is a section, with keys below it: uri, sentinel-password, tag, expected-offers,"
                                + " timeout, tls",
                        "my.yaml:5:8: sinks: is a text; write a list, such as [hdfs, solr, redis]",
                        "my.yaml:7:15: hdfs.properties: is a list; write each property below it as name: value"),
                file(
                        "Kerberos without a keytab and the NameNode's name",
                        "hdfs:\n  principal: offers@EXAMPLE.ORG\n",
                        "my.yaml:2:14: hdfs.principal: needs a keytab; set hdfs.keytab",
                        "my.yaml:2:14: hdfs.principal: needs the NameNode's own name, or anybody in the realm could pretend"
                                + " to be it; set dfs.namenode.kerberos.principal in hdfs.properties, such as"
                                + " nn/_HOST@REALM, or name the site's files in hdfs.conf-dir"),
                file(
                        "files of Kerberos without a principal",
                        "hdfs:\n  keytab: /etc/offers.keytab\n  krb5-conf: /etc/krb5.conf\n",
                        "my.yaml:2:11: hdfs.keytab: has no effect without Kerberos; set hdfs.principal, or remove it",
                        "my.yaml:3:14: hdfs.krb5-conf: has no effect without Kerberos; set hdfs.principal, or remove it"),
                file(
                        "Kerberos in another habit of writing",
                        "hdfs:\n  principal: offers\n  keytab: offers.keytab\n  properties:\n"
                                + "    hadoop.security.authentication: kerberos\n",
                        "my.yaml:2:14: hdfs.principal: 'offers' will not do; write name@REALM or name/host@REALM, or none",
                        "my.yaml:3:11: hdfs.keytab: 'offers.keytab' will not do; write a path from the root, or none",
                        "my.yaml:5:37: hdfs.properties.hadoop.security.authentication: has no effect here; set"
                                + " hdfs.principal and hdfs.keytab"),
                file(
                        "values left out",
                        "source:\n  topic:\n  properties:\n    client.rack:\nsinks: []\n",
                        "my.yaml:2:9: source.topic: has no value; write one (1 to 249 letters, digits, '.', '_' and '-') or"
                                + " remove the key",
                        "my.yaml:4:17: source.properties.client.rack: has no value; write one, or \"\" for an empty one, or"
                                + " remove the key",
                        "my.yaml:5:8: sinks: the list is empty; name at least one of " + Options.SINKS.choices()
                                + ", or none for a dry run"),
                file(
                        "the same key twice",
                        "redis:\n  tag: a\nsinks: [redis]\nredis:\n  tag: b\n",
                        "my.yaml:4:1: redis: appears a second time, first in line 1; remove one"),
                file(
                        "sinks that are none, or twice",
                        "sinks: [redis, tape, redis]\n",
                        "my.yaml:1:16: sinks: there is no sink 'tape'; choose among " + Options.SINKS.choices(),
                        "my.yaml:1:22: sinks: names redis twice; once is enough"),
                file(
                        "addresses; a password is never repeated",
                        "redis:\n  uri: redis://:pa#ss@127.0.0.1:6379\nsolr:\n  url: ftp://host/solr\nhdfs:\n"
                                + "  uri: hdfs://user:geheim@host:8020\nsource:\n  bootstrap-servers: kafka\n",
                        "my.yaml:2:8: redis.uri: names no host (letters, digits, '-' and '.'); write"
                                + " redis://[user:password@]host:port[/database], or rediss:// for TLS",
                        "my.yaml:4:8: solr.url: has another scheme; write http://[user:password@]host:8983/solr, or"
                                + " https://",
                        "my.yaml:6:8: hdfs.uri: has a user in it; write hdfs://host:port, or hdfs://nameservice",
                        "my.yaml:8:22: source.bootstrap-servers: 'kafka' is not a server; write host:port, several separated"
                                + " by commas, ports 1 to 65535"),
                file(
                        "a Redis Cluster",
                        "redis:\n  uri: redis-cluster://u:geheim@a:1,b:2\n",
                        "my.yaml:2:8: redis.uri: is the address of a Redis Cluster, which cannot be used: all keys are in"
                                + " one slot, so it would share no work. For a Redis that may fail write"
                                + " redis-sentinel://[user:password@]host:port,host:port,…/master[/database]; otherwise"
                                + " redis://host:port"),
                file(
                        "Sentinels without a master, and a password of theirs that is written out",
                        "redis:\n  uri: redis-sentinel://u:geheim@a:1,b:2\n  sentinel-password: geheim\n",
                        "my.yaml:2:8: redis.uri: does not name the master that the Sentinels watch; write"
                                + " redis-sentinel://[user:password@]host:port,host:port,…/master[/database]",
                        "my.yaml:3:22: redis.sentinel-password: is not a reference to a password; write ${env:NAME},"
                                + " ${file:/path}, or none"),
                file(
                        "names that servers refuse",
                        "source:\n  topic: offers/eu\nredis:\n  tag: '{x}'\nhdfs:\n  directory: data/../x\n",
                        "my.yaml:2:10: source.topic: 'offers/eu' will not do; write 1 to 249 letters, digits, '.', '_' and"
                                + " '-'",
                        "my.yaml:4:8: redis.tag: '{x}' will not do; write 1 to 100 characters without braces and blanks",
                        "my.yaml:6:14: hdfs.directory: 'data/../x' will not do; write a path from the root, such as"
                                + " /data/offerstorm"),
                file(
                        "one topic for offers and dead letters",
                        "source:\n  topic: offers.dlq\n",
                        "my.yaml:2:10: source.topic: is 'offers.dlq', as is dead-letters.topic; refused records would be"
                                + " read again forever; name two topics"),
                file(
                        "one topic for changes and offers",
                        "sinks: [redis, changes]\nchanges:\n  topic: offers\n",
                        "my.yaml:3:10: changes.topic: is 'offers', as is source.topic; records of two kinds would be mixed;"
                                + " name two topics"),
                file(
                        "one topic for changes and dead letters",
                        "sinks: [redis, changes]\ndead-letters:\n  topic: offers.changes\n",
                        "my.yaml:3:10: dead-letters.topic: is 'offers.changes', as is changes.topic; records of two kinds"
                                + " would be mixed; name two topics"),
                file(
                        "changes without what they are derived from",
                        "sinks: [hdfs, changes]\n",
                        "my.yaml:1:8: sinks: has changes without redis, which it follows; add redis, or leave changes out"),
                file(
                        "a message time-out below the sinks' deadlines",
                        "topology:\n  message-timeout: 10 s\n",
                        "my.yaml:2:20: topology.message-timeout: 10 s is too little: a call to HDFS may take 5000 ms, and 6"
                                + " s more pass until the chunk is kept alive; write 11 s or more",
                        "my.yaml:2:20: topology.message-timeout: 10 s is too little: redis.timeout may take 5000 ms, and 6"
                                + " s more pass until the chunk is kept alive; write 11 s or more",
                        "my.yaml:2:20: topology.message-timeout: 10 s is too little: solr.timeout may take 5000 ms, and 6"
                                + " s more pass until the chunk is kept alive; write 11 s or more"),
                file(
                        "a message time-out that Storm cannot count",
                        "topology:\n  message-timeout: 15500 ms\n",
                        "my.yaml:2:20: topology.message-timeout: 15500 ms is not a whole number of seconds, which Storm needs,"
                                + " write 15 s"),
                file(
                        "no acker",
                        "topology:\n  workers: 0\n",
                        "my.yaml:2:12: topology.workers: 0 is too little; write 1 to 1000"),
                file(
                        "more workers than tasks",
                        "topology:\n  workers: 9\n",
                        "my.yaml:2:12: topology.workers: 9 worker processes are more than the 8 tasks of the topology; lower"
                                + " it, or raise the numbers of tasks"),
                file(
                        "Kafka properties",
                        "source:\n  properties:\n    enable.auto.commit: true\n    security.protocl: SSL\n"
                                + "    max.poll.records: some\n    request.timeout.ms: 30000\n    security:\n"
                                + "      protocol: SSL\ndead-letters:\n  properties:\n    acks: 1\n",
                        "my.yaml:3:25: source.properties.enable.auto.commit: the guarantees rest on it, so it cannot be set;"
                                + " remove it (servers, topics and group have their own options)",
                        "my.yaml:4:23: source.properties.security.protocl: Kafka's clients have no such property; did you"
                                + " mean 'security.protocol'?",
                        "my.yaml:5:23: source.properties.max.poll.records: Kafka says: Invalid value some for configuration"
                                + " max.poll.records: Not a number of type INT; correct it",
                        "my.yaml:6:25: source.properties.request.timeout.ms: 30000 ms is too much; calls end within 5000"
                                + " ms",
                        "my.yaml:8:7: source.properties.security: is keys and values; names of properties keep their dots,"
                                + " as in security.protocol: SSL, and have one value",
                        "my.yaml:11:11: dead-letters.properties.acks: the guarantees rest on it, so it cannot be set; remove"
                                + " it (servers, topics and group have their own options)"),
                file(
                        "references to secrets",
                        "redis:\n  uri: redis://:${ENV:REDIS}@h:1\n  tag: ${env:TAG}\nsource:\n  properties:\n"
                                + "    ssl.key.password: ${file:secret.txt}\n",
                        "my.yaml:2:8: redis.uri: '${ENV:REDIS}' is not a reference; write ${env:NAME}, or ${file:/path} with"
                                + " the whole path",
                        "my.yaml:3:8: redis.tag: '${env:TAG}' holds a reference; those are for secrets, in redis.uri,"
                                + " redis.sentinel-password, solr.url, postgres.url and properties; write the value itself",
                        "my.yaml:6:23: source.properties.ssl.key.password: '${file:secret.txt}' is not a reference; write"
                                + " ${env:NAME}, or ${file:/path} with the whole path"),
                file(
                        "a key that is written out, and a name that cannot be one",
                        "dashboard:\n  keys:\n    ann: geheim0123456789\n    b/c: ${env:KEY}\n",
                        "my.yaml:3:10: dashboard.keys.ann: is not a reference to a key; write ${env:NAME}, or ${file:/path},"
                                + " and put the key there",
                        "my.yaml:4:10: dashboard.keys.b/c: has a name that cannot be used; write 1 to 60 letters, digits, '_'"
                                + " and '-'"),
                file(
                        "a bracket left open",
                        "redis: {timeout: 5 s\nsinks: [redis]\n",
                        "my.yaml:2:6: not YAML: expected ',' or '}', but got : while parsing a flow mapping of line 1;"
                                + " look at the indentation, at brackets, and put a value with special characters in quotes"),
                file(
                        "a colon too many",
                        "source:\n  topic: offers: eu\n",
                        "my.yaml:2:16: not YAML: mapping values are not allowed here; look at the indentation, at brackets,"
                                + " and put a value with special characters in quotes"),
                file(
                        "a tab",
                        "redis:\n\ttimeout: 5 s\n",
                        "my.yaml:2:1: a tab is where YAML wants blanks; indent with blanks"),
                file(
                        "something else than a configuration",
                        "just words\n",
                        "my.yaml:1:1: holds a text; a configuration is keys and values, as in conf/offerstorm.yaml"),
                file(
                        "two documents",
                        "sinks: [redis]\n---\nsinks: [solr]\n",
                        "my.yaml:2:1: a second document begins; a configuration is one, remove the '---'"),
                file(
                        "a key that is no word",
                        "[a]: b\nnull: c\n",
                        "my.yaml:1:1: has a key that is a list; keys are plain words",
                        "my.yaml:2:1: has a key that is empty; keys are plain words"),
                file(
                        "a character that no one sees",
                        "redis:\n  tag: a\u0007b\n",
                        "my.yaml:2:9: the character U+0007 is not allowed in YAML; remove it"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void all_that_is_wrong_is_reported_with_line_and_column(String name, String yaml, List<String> problems)
            throws IOException {
        Path file = Files.writeString(directory.resolve("my.yaml"), yaml);

        assertThat(problems(List.of(file))).containsExactlyElementsOf(problems);
    }

    static Stream<Arguments> settings() {
        return Stream.of(
                arguments("redis.timeout", "-c: redis.timeout: has no value; write -c redis.timeout='2 s'"),
                arguments("redis.timout=2 s", "-c: redis.timout: unknown option; did you mean 'redis.timeout'?"),
                arguments(
                        "redis.colour=2",
                        "-c: redis.colour: unknown option; known in 'redis': uri, sentinel-password, tag, expected-offers,"
                                + " timeout, tls"),
                arguments(
                        "colour=2",
                        "-c: colour: unknown option; write SECTION.KEY, with one of source, dead-letters, security, changes, redis,"
                                + " solr, postgres, hdfs, topology, triggers, dashboard, lake, ingest, sinks"),
                arguments("redis=x", "-c: redis: is a section; set its options one by one, such as redis.uri"),
                arguments(
                        "source.properties=x",
                        "-c: source.properties: is set one property at a time: -c source.properties.NAME=VALUE"),
                arguments(
                        "redis.timeout=",
                        "-c: redis.timeout: '' is not a duration; write 500 ms, 10 s, 5 min, 2 h or 1 d"),
                arguments(
                        "sinks=",
                        "-c: sinks: the list is empty; name at least one of " + Options.SINKS.choices()
                                + ", or none for a dry run"),
                arguments("sinks=redis,,", "-c: sinks: there is no sink ''; choose among " + Options.SINKS.choices()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void what_is_wrong_on_the_command_line_is_reported(String setting, String problem) {
        assertThat(problems(List.of(), setting)).containsExactly(problem);
    }

    @Test
    void files_and_command_line_are_checked_together() throws IOException {
        Path tab = Files.writeString(directory.resolve("tab.yaml"), "\tredis: 1\n");
        Path missing = directory.resolve("missing.yaml");
        Path good = Files.writeString(directory.resolve("good.yaml"), "redis:\n  timeout: 2 s\n");
        Path latin = Files.write(
                directory.resolve("latin.yaml"), "# ok\nname: M\u00fcller\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(problems(
                        List.of(tab, missing, good, latin, directory), "source.epoch=0", "dead-letters.topic=offers"))
                .containsExactly(
                        tab + ":1:1: a tab is where YAML wants blanks; indent with blanks",
                        missing + ": no such file; conf/offerstorm.yaml is one to copy",
                        latin + ":2:8: is not UTF-8 from here on; save it as UTF-8",
                        directory + ": is a directory; name a file",
                        "-c: dead-letters.topic: is 'offers', as is source.topic; refused records would be read again"
                                + " forever; name two topics",
                        "-c: source.epoch: 0 is too little; write 1 to 31");
    }

    @Test
    void a_value_that_another_layer_overrides_is_checked_too() throws IOException {
        Path file = Files.writeString(directory.resolve("my.yaml"), "redis:\n  timeout: 9 s\n");

        assertThat(problems(List.of(file), "redis.timeout=2 s"))
                .containsExactly("my.yaml:2:12: redis.timeout: 9 s is too much; write 100 ms to 5 s");
    }

    private static Arguments file(String name, String yaml, String... problems) {
        return arguments(name, yaml, Arrays.asList(problems));
    }

    private List<String> problems(List<Path> files, String... settings) {
        ConfigException e =
                catchThrowableOfType(ConfigException.class, () -> ConfigLoader.resolve(files, List.of(settings)));
        return e.problems().stream()
                .map(problem -> problem.replace(directory.resolve("my.yaml").toString(), "my.yaml"))
                .toList();
    }
}
