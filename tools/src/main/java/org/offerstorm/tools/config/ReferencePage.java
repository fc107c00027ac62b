package org.offerstorm.tools.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.offerstorm.core.option.Option;

/** The reference of all options in Markdown: docs/configuration.md. */
public final class ReferencePage {
    private static final String BEGIN = """
            # Configuration

            This page is the output of `offerstorm config reference`; a test keeps it equal to the options that the program checks.

            One YAML file, named with `--config FILE`, contains the options that differ from the defaults. You may repeat
            `--config`: each file overrides the ones before it, key by key. `-c KEY=VALUE`, which you may repeat too, wins
            over all files: `-c redis.timeout='2 s' -c sinks=redis,solr -c source.properties.security.protocol=SSL`.
            The environment sets nothing.

            | command | what it does |
            |---|---|
            | `offerstorm config validate` | checks everything, connects to nothing; exit code 0, or 2 with one line for each problem: `file:line:column: option: what is wrong; what to do` |
            | `offerstorm config show` | prints the effective configuration, each line with its origin: `default`, `file:line` or `-c` |
            | `offerstorm config reference` | prints this page; `--yaml` prints a file with every option and its default (conf/offerstorm.yaml) |

            Durations are a whole number and `ms`, `s`, `min`, `h` or `d`; sizes a whole number and `B`, `KiB`, `MiB` or `GiB`.
            Unknown and duplicate keys are errors. A file is UTF-8, at most 256 KiB, one YAML document without aliases.
            """;

    @SuppressWarnings("InlineFormatString") // half a page would hide the method
    private static final String END = """

            ## Secrets

            A password does not belong in the file. In %1$s and all
            `properties` write a reference, which may be part of the value:

                redis:
                  uri: rediss://offerstorm:${file:/run/secrets/redis}@redis.example.org:6380
                source:
                  properties:
                    ssl.key.password: ${env:KAFKA_KEY_PASSWORD}

            `${env:NAME}` is a variable of the worker's environment, `${file:/path}` a file on the worker's machine (without the
            line end). The worker resolves them again each time it opens a connection, so a changed password needs no new
            submission. The topology, Storm's UI, logs and `config show` contain only the reference. In a URI the secret may
            have any characters: it is percent-encoded when it is inserted. A reference that cannot be resolved holds the
            stream, with a message, until it can.

            A literal secret works, but `config validate`, `plan`, `doctor` and `submit` warn about it, and `config show` hides
            it: passwords in URIs, everything that follows the host of `triggers.webhook`, the properties that Kafka itself
            hides, and other properties whose names contain password, secret, token, jaas or the like.

            The same commands warn about a secret that leaves the machine without TLS: a password in `redis://`, `http://`, or
            `postgresql://` without `sslmode`, an `http://` web hook, and a login at Kafka with `security.protocol:
            SASL_PLAINTEXT` (Kerberos apart). Hosts on the loopback interface are fine. A host that a reference names is known
            to `doctor` and `submit` alone, if they can read it.

            With `rediss://`, `https://`, `sslmode=verify-full` and Kafka's `SSL` the server's certificate must come from an
            authority that is trusted, and must be for the host (name or IP address) that the configuration names; before both
            are checked, nothing is sent. Which authorities are trusted, and what is shown to a server that asks for a client
            certificate, is said once in `security.tls` (see [security](security.md)); without it, it is what Java is set to.

            ## Constraints between options

            - `source.topic`, `dead-letters.topic` and, if `changes` is in `sinks`, `changes.topic` differ. `changes` needs
              `redis` in `sinks`.
            - `topology.message-timeout` is at least 6 s above
              %2$s,
              for the sinks that are in `sinks`.
            - `topology.workers` is at most the number of tasks: spout-tasks, twice parse-tasks, and the tasks of each sink.
            - Kafka's properties are checked against the client's definitions. Properties on which the delivery guarantees depend
              (commits, isolation, offsets, acknowledgements, serializers) are refused, and so are deadlines over 5 s.
            - Settings of `storm jar -c` that would override the topology's (pending chunks, message time-out, no ackers, no
              time-outs) are refused, and so are Offerstorm's options and configurations that Storm's client took as its own: put
              them after `--`.
            """;

    private ReferencePage() {}

    /** The page. */
    public static String markdown() {
        StringBuilder page = new StringBuilder(BEGIN);
        for (Map.Entry<String, List<Option>> section : Options.BY_SECTION.entrySet()) {
            page.append(section.getKey().isEmpty() ? "\n## The sinks\n" : "\n## `" + section.getKey() + "`\n");
            page.append("\n| option | values | default | |\n|---|---|---|---|\n");
            for (Option option : section.getValue()) {
                page.append("| `").append(option.path()).append("` | ");
                page.append(cell(option.allowed()))
                        .append(" | `")
                        .append(option.defaultText())
                        .append("` | ");
                page.append(cell(option.doc())).append(" |\n");
            }
        }
        String secrets =
                SinkWords.secretOptions().stream().map(path -> "`" + path + "`").collect(Collectors.joining(", "));
        return page.append(String.format(Locale.ROOT, END, secrets, SinkWords.limits()))
                .toString();
    }

    /** Every option with its documentation and default, as YAML. */
    public static String yaml() {
        return ConfigYaml.defaults();
    }

    private static String cell(String text) {
        return text.replace('\n', ' ').replace("|", "\\|");
    }
}
