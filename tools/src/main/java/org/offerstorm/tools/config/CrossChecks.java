package org.offerstorm.tools.config;

import static org.offerstorm.tools.config.Options.DEAD_LETTER_TOPIC;
import static org.offerstorm.tools.config.Options.MESSAGE_TIMEOUT;
import static org.offerstorm.tools.config.Options.PARSE_TASKS;
import static org.offerstorm.tools.config.Options.SINKS;
import static org.offerstorm.tools.config.Options.SINK_TASKS;
import static org.offerstorm.tools.config.Options.SPOUT_TASKS;
import static org.offerstorm.tools.config.Options.TOPIC;
import static org.offerstorm.tools.config.Options.WORKERS;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.offerstorm.core.option.Option.Properties;
import org.offerstorm.core.option.Option.Single;
import org.offerstorm.core.sink.CallLimit;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.core.tls.TlsOptions;
import org.offerstorm.sinks.changes.Changes;
import org.offerstorm.sinks.changes.ChangesConfig;
import org.offerstorm.sinks.hdfs.HadoopProperties;
import org.offerstorm.sinks.hdfs.Hdfs;
import org.offerstorm.sinks.hdfs.HdfsConfig;
import org.offerstorm.sinks.hdfs.HdfsIdentity;
import org.offerstorm.tools.config.Settings.Setting;

/** What options must be to each other. An option that is wrong by itself is left out. */
final class CrossChecks {
    /** Behind the sink's call its rejected records go to the dead letters (5 s); held chunks are kept alive each second. */
    private static final Duration MARGIN = Duration.ofSeconds(6);

    private final Settings settings;

    private CrossChecks(Settings settings) {
        this.settings = settings;
    }

    static void apply(Settings settings) {
        CrossChecks checks = new CrossChecks(settings);
        checks.topics();
        checks.order();
        checks.messageTimeout();
        checks.workers();
        checks.kerberos();
        checks.stores(Options.SOURCE_PROPERTIES);
        checks.stores(Options.DEAD_LETTER_PROPERTIES);
        checks.stores(Changes.PROPERTIES);
    }

    private void topics() {
        if (settings.isSound(TOPIC, DEAD_LETTER_TOPIC) && settings.get(TOPIC).equals(settings.get(DEAD_LETTER_TOPIC))) {
            wrong(
                    "is '" + settings.get(TOPIC) + "', as is " + other(DEAD_LETTER_TOPIC, TOPIC)
                            + "; refused records would be read again forever; name two topics",
                    DEAD_LETTER_TOPIC,
                    TOPIC);
        }
        if (settings.isSound(SINKS, Changes.BOOTSTRAP_SERVERS)
                && settings.get(SINKS).contains(Changes.KIND)
                && settings.get(Changes.BOOTSTRAP_SERVERS).equals(ChangesConfig.SERVERS_OF_SOURCE)) {
            changesDifferFrom(TOPIC);
            changesDifferFrom(DEAD_LETTER_TOPIC);
        }
    }

    private void changesDifferFrom(Single<String> topic) {
        if (settings.isSound(Changes.TOPIC, topic)
                && settings.get(Changes.TOPIC).equals(settings.get(topic))) {
            wrong(
                    "is '" + settings.get(topic) + "', as is " + other(Changes.TOPIC, topic)
                            + "; records of two kinds would be mixed; name two topics",
                    Changes.TOPIC,
                    topic);
        }
    }

    private void order() {
        if (!settings.isSound(SINKS)) {
            return;
        }
        Set<SinkKind<?>> chosen = settings.get(SINKS);
        for (SinkKind<?> sink : chosen) {
            SinkKind<?> first = sink.after().orElse(sink);
            if (!chosen.contains(first)) {
                settings.wrong(
                        settings.setting(SINKS).place(),
                        SINKS.path(),
                        "has " + sink.name() + " without " + first.name() + ", which it follows; add " + first.name()
                                + ", or leave " + sink.name() + " out");
            }
        }
    }

    private void messageTimeout() {
        if (!settings.isSound(MESSAGE_TIMEOUT)) {
            return;
        }
        Duration timeout = settings.get(MESSAGE_TIMEOUT);
        if (timeout.toMillis() % 1_000 != 0) {
            wrong(
                    timeout.toMillis() + " ms is not a whole number of seconds, which Storm needs, write 15 s",
                    MESSAGE_TIMEOUT);
        } else if (settings.isSound(SINKS)) {
            settings.get(SINKS).forEach(this::fits);
        }
    }

    private void fits(SinkKind<?> sink) {
        CallLimit limit = sink.callLimit();
        if (limit instanceof CallLimit.Fixed fixed) {
            atLeast("a call to " + sink.title(), fixed.duration(), MESSAGE_TIMEOUT);
        } else if (limit instanceof CallLimit.ByOption by && settings.isSound(by.option())) {
            atLeast(by.option().path(), settings.get(by.option()), MESSAGE_TIMEOUT, by.option());
        }
    }

    private void atLeast(String what, Duration deadline, Single<?>... involved) {
        Duration least = deadline.plus(MARGIN);
        if (settings.get(MESSAGE_TIMEOUT).compareTo(least) < 0) {
            long seconds = (least.toMillis() + 999) / 1_000;
            settings.wrong(
                    place(involved),
                    MESSAGE_TIMEOUT.path(),
                    settings.setting(MESSAGE_TIMEOUT).text() + " is too little: " + what + " may take "
                            + deadline.toMillis() + " ms, and 6 s more pass until the chunk is kept alive; write "
                            + seconds + " s or more");
        }
    }

    private void workers() {
        if (!settings.isSound(WORKERS, SPOUT_TASKS, PARSE_TASKS, SINK_TASKS, SINKS)) {
            return;
        }
        int tasks = settings.get(SPOUT_TASKS) + 2 * settings.get(PARSE_TASKS);
        for (SinkKind<?> sink : settings.get(SINKS)) {
            tasks += sink.tasks(settings.get(SINK_TASKS));
        }
        if (settings.get(WORKERS) > tasks) {
            wrong(
                    settings.get(WORKERS) + " worker processes are more than the " + tasks
                            + " tasks of the topology; lower it, or raise the numbers of tasks",
                    WORKERS,
                    SPOUT_TASKS,
                    PARSE_TASKS,
                    SINK_TASKS);
        }
    }

    private void kerberos() {
        if (!settings.isSound(Hdfs.PRINCIPAL, Hdfs.KEYTAB, Hdfs.KRB5_CONF, Hdfs.CONF_DIR, Hdfs.PROPERTIES)) {
            return;
        }
        boolean isOn = !settings.get(Hdfs.PRINCIPAL).equals(HdfsIdentity.NONE);
        if (isOn && settings.get(Hdfs.KEYTAB).equals(HdfsIdentity.NONE)) {
            wrong("needs a keytab; set hdfs.keytab", Hdfs.PRINCIPAL);
        }
        for (Single<String> file : List.of(Hdfs.KEYTAB, Hdfs.KRB5_CONF)) {
            if (!isOn && !settings.get(file).equals(HdfsIdentity.NONE)) {
                wrong("has no effect without Kerberos; set hdfs.principal, or remove it", file);
            }
        }
        boolean bySite = !settings.get(Hdfs.CONF_DIR).equals(HdfsConfig.NO_CONF_DIR); // a file of other machines
        if (isOn
                && !bySite
                && settings.get(Hdfs.PROPERTIES).keySet().stream().noneMatch(HadoopProperties::namesTheNameNode)) {
            wrong(
                    "needs the NameNode's own name, or anybody in the realm could pretend to be it; set"
                            + " dfs.namenode.kerberos.principal in hdfs.properties, such as nn/_HOST@REALM, or name the"
                            + " site's files in hdfs.conf-dir",
                    Hdfs.PRINCIPAL);
        }
    }

    /** A client with a separate store does not use those of security.tls, so both must be there. */
    private void stores(Properties client) {
        Map<String, Setting> own = settings.settings(client);
        Map<String, Setting> shared = settings.settings(TlsOptions.ALL);
        missing(client, own, "ssl.keystore.", "ssl.truststore.", shared.get("trust-store"));
        missing(client, own, "ssl.truststore.", "ssl.keystore.", shared.get("key-store"));
    }

    private void missing(Properties client, Map<String, Setting> own, String has, String lacks, Setting shared) {
        if (shared == null || own.keySet().stream().anyMatch(name -> name.startsWith(lacks))) {
            return;
        }
        own.forEach((name, setting) -> {
            if (name.startsWith(has)) {
                settings.wrong(
                        setting.place(),
                        client.path() + "." + name,
                        "replaces both stores of security.tls for this client; set " + lacks + "* too, or remove it");
            }
        });
    }

    /** The problem stands where the latest of the options was written. */
    private void wrong(String message, Single<?>... involved) {
        Single<?> latest = latest(involved);
        settings.wrong(place(involved), latest.path(), message);
    }

    private Origin place(Single<?>... involved) {
        return settings.setting(latest(involved)).place();
    }

    private Single<?> latest(Single<?>... involved) {
        Single<?> latest = involved[0];
        for (Single<?> option : involved) {
            if (settings.setting(option).place().layer()
                    > settings.setting(latest).place().layer()) {
                latest = option;
            }
        }
        return latest;
    }

    private String other(Single<?> first, Single<?> second) {
        return latest(first, second).equals(first) ? second.path() : first.path();
    }
}
