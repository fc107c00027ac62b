package org.offerstorm.tools.config;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.offerstorm.core.config.DashboardConfig;
import org.offerstorm.core.config.DeadLetterConfig;
import org.offerstorm.core.config.IngestConfig;
import org.offerstorm.core.config.LakeConfig;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.config.TopologyConfig;
import org.offerstorm.core.config.TriggersConfig;
import org.offerstorm.core.option.NumberType;
import org.offerstorm.core.option.Option;
import org.offerstorm.core.option.Option.Names;
import org.offerstorm.core.option.Option.Properties;
import org.offerstorm.core.option.Option.Single;
import org.offerstorm.core.option.OptionValues;
import org.offerstorm.core.option.ReferenceType;
import org.offerstorm.core.option.ServerListType;
import org.offerstorm.core.option.TextType;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.core.tls.TlsOptions;
import org.offerstorm.sinks.Sinks;
import org.offerstorm.sinks.deadletter.KafkaDeadLetters;
import org.offerstorm.sinks.kafka.KafkaProperties;
import org.offerstorm.sinks.kafka.KafkaSecurity;
import org.offerstorm.spouts.ConsumerProperties;

/**
 * Every option: path, type, bounds, default, documentation. Those of the stores are their sinks' own. Checks, {@code config show}, the reference page and
 * conf/offerstorm.yaml all come from here.
 */
public final class Options {
    private static final NumberType<Integer> TASKS = NumberType.whole(1, 1_000);

    static final Single<String> BOOTSTRAP_SERVERS =
            new Single<>("source.bootstrap-servers", new ServerListType(), "127.0.0.1:9092", "Kafka brokers.");
    static final Single<String> TOPIC = new Single<>(
            "source.topic",
            TextType.topic(),
            "offers",
            "Topic of the offers: key = offer id, value = JSON offer, null value = deletion.");
    static final Single<String> GROUP = new Single<>(
            "source.group",
            TextType.of("[^\\s\\p{Cntrl}]{1,200}", "1 to 200 characters without blanks"),
            "offerstorm",
            "Consumer group: holds the committed floors, and identifies the stream to the sinks.");
    static final Single<Integer> EPOCH = new Single<>(
            "source.epoch",
            NumberType.whole(1, 31),
            "1",
            "Raise it by one when the topic was deleted and created again.");
    static final Single<String> MAPPING = new Single<>(
            "source.mapping",
            TextType.of(
                    "\\S(.*\\S)?",
                    "the path of a YAML file, " + SourceConfig.COMMON_MAPPING + " or " + SourceConfig.NO_MAPPING),
            SourceConfig.NO_MAPPING,
            """
            YAML: how records of any other form become offers, see docs/mapping.md. common: by the usual names of
            fields, such as title and latitude. Read at submission.""");
    static final Properties SOURCE_PROPERTIES = new Properties(
            "source.properties",
            new KafkaProperties(ConsumerProperties.REFUSED, ConsumerConfig.configDef(), AdminClientConfig.configDef()),
            "Further properties of the Kafka consumer (security and the like).");

    static final Single<String> DEAD_LETTER_TOPIC = new Single<>(
            "dead-letters.topic",
            TextType.topic(),
            "offers.dlq",
            "Topic that receives refused records, whole, with reason and position. It must differ from the topic of the offers.");
    static final Properties DEAD_LETTER_PROPERTIES = new Properties(
            "dead-letters.properties",
            KafkaProperties.ofWriter(KafkaDeadLetters.FIXED_PROPERTIES),
            "Further properties of the Kafka producer.");

    static final Names SINKS = new Names(
            "sinks",
            Sinks.ALL.stream().map(SinkKind::name).toList(),
            Sinks.ALL.stream().filter(SinkKind::isDefault).map(SinkKind::name).toList(),
            "Where offers go. Only changes can be added to a group that has begun. `none`: a dry run, which parses and"
                    + " classifies, and writes only dead letters.");

    static final Single<String> TOPOLOGY_NAME = new Single<>(
            "topology.name",
            TextType.of("[A-Za-z0-9_-]{1,100}", "1 to 100 letters, digits, '_' and '-'"),
            "offerstorm",
            "Name of the topology on the cluster.");
    static final Single<String> NIMBUS = new Single<>(
            "topology.nimbus",
            new NimbusType(),
            NimbusType.FROM_STORM,
            "Address of Storm's Nimbus; storm.yaml: take it from Storm's own configuration ('storm jar' has one).");
    static final Single<Integer> WORKERS =
            new Single<>("topology.workers", TASKS, "1", "Worker processes; each has one acker. At most one per task.");
    static final Single<Long> WORKER_HEAP =
            new Single<>("topology.worker-heap", NumberType.size("256 MiB", "64 GiB"), "768 MiB", """
            Java heap of a worker. At most spout-tasks x max-spout-pending chunks of up to 1 MiB are in flight; parsing
            makes them about four times as large. In addition each spout task buffers 4 MiB.""");
    static final Single<Integer> METRICS_PORT_OFFSET =
            new Single<>("topology.metrics-port-offset", NumberType.whole(0, 60_000), "10000", """
            Each worker serves its figures over HTTP, for 'status', 'kill --drain' and others, on its host at its slot's port
            plus this (6700 gives 16700; above 65535 it wraps to 1024). Numbers and messages, no offers; 0 switches it off.""");
    static final Single<String> PROFESSIONS = new Single<>(
            "topology.professions",
            TextType.of("\\S(.*\\S)?", "the path of a CSV file, or " + TopologyConfig.BUILT_IN_PROFESSIONS),
            TopologyConfig.BUILT_IN_PROFESSIONS,
            "CSV id,name,category_name: the category of each profession. Read at submission.");
    static final Single<Integer> SPOUT_TASKS = new Single<>(
            "topology.spout-tasks",
            TASKS,
            "1",
            "Spout tasks; each is a slot, partition p belongs to slot p mod spout-tasks. At most one per partition.");
    static final ParseTasksType PARSE_TASKS_TYPE =
            new ParseTasksType(Runtime.getRuntime().availableProcessors());
    static final Single<Integer> PARSE_TASKS =
            new Single<>("topology.parse-tasks", PARSE_TASKS_TYPE, ParseTasksType.CORES, """
            Tasks of parse, and of continent. cores: one for each core of the machine that submits, at least 2 and at
            most 4; 'plan' shows how many. Write the number if the workers have others.""");
    static final Single<Integer> SINK_TASKS = new Single<>("topology.sink-tasks", TASKS, "1", SinkWords.tasks());
    public static final Single<Integer> MAX_SPOUT_PENDING = new Single<>(
            "topology.max-spout-pending",
            NumberType.whole(1, 1_000),
            "16",
            "Chunks in flight for each spout task; a chunk is up to 1,000 records or 1 MiB.");
    public static final Single<Duration> MESSAGE_TIMEOUT = new Single<>(
            "topology.message-timeout",
            NumberType.duration("1 s", "10 min"),
            "15 s",
            String.format(Locale.ROOT, """
            Storm's message time-out, whole seconds. Storm replays the chunks of a killed worker after one to two times
            this. At least 6 s above the longest deadline of a sink (for %s), because dead letters may take 5 s
            more, and held chunks are kept alive once a second.""", SinkWords.fixedLimits()));

    static final Properties TRIGGERS = new Properties("triggers.rules", new TriggerRules(), """
            Rules that the dashboard watches, as name: rule. On the table: count(Tech, EU) > 1500; rate(*, AF) == 0 for 10m;
            change(Health, *) < -50 until >= 0 (docs/dashboard.md). On the pipeline, at dashboard.workers: lag > 100000 for 5m;
            held(solr) > 0 for 1m; durable_age > 60s (docs/monitoring.md).""");
    static final Single<String> WEBHOOK = new Single<>(
            "triggers.webhook",
            new WebhookType(),
            TriggersConfig.NO_WEBHOOK,
            "Receives a POST when a rule fires and when it is over; the log always has a line. Write a secret as a reference.");
    static final Properties CHANNELS = new Properties("triggers.channels", new ChannelRules(), """
            Further receivers, as name: channel. A channel is [generic|slack|teams|alertmanager] http(s)://…, or
            smtps://user:password@host:port?from=…&to=…,… (smtp:// for STARTTLS). 'offerstorm alerts test' tries them.""");

    static final Single<String> SIGNING_KEY = new Single<>(
            "triggers.signing-key",
            new ReferenceType("a key", TriggersConfig.NOT_SIGNED),
            TriggersConfig.NOT_SIGNED,
            "Signs what goes to webhook and generic channels, as Standard Webhooks has it: a reference to whsec_ and the Base64 of"
                    + " 24 to 64 random bytes. See docs/dashboard.md.");
    static final Properties TRIGGERS_TLS = TlsOptions.of("triggers", "webhook and channels");

    static final Single<String> DASHBOARD_HOSTS =
            new Single<>("dashboard.hosts", new HostNamesType(), DashboardConfig.NO_HOSTS, """
            Host names by which the dashboard is reached, such as jobs.example.org behind a proxy that keeps Host. Requests
            for any other name except localhost are answered with 421. none: only names of this machine, or any name if
            --bind is not a loopback address.""");
    static final Single<String> DASHBOARD_PATH = new Single<>(
            "dashboard.path",
            TextType.of(
                    "/(?:(?!(?:api|assets|offers|pipeline|search)/)[A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*",
                    "/ or a path such as /jobs/, without the names api, assets, offers, pipeline and search"),
            DashboardConfig.ROOT,
            "Prefix of the dashboard's addresses behind a proxy that keeps it; one that removes it needs no setting.");
    static final Properties DASHBOARD_KEYS = new Properties("dashboard.keys", new ApiKeyRules(), """
            Who may read the dashboard, as name: ${env:NAME} or ${file:/path}, where a key of at least 16 characters is. Browsers
            ask for it as the password, with any user name; programs send Authorization: Bearer KEY. Without one everybody may
            read.""");
    static final Single<String> DASHBOARD_WORKERS =
            new Single<>("dashboard.workers", new WorkersType(), DashboardConfig.NO_WORKERS, """
            Where the page Pipeline finds the workers' figures: their addresses (the port is that of the slot plus
            topology.metrics-port-offset), or the file that 'offerstorm status --targets FILE' writes, which is read again
            when it changes.""");
    static final Single<String> DASHBOARD_HISTORY_FILE = new Single<>(
            "dashboard.history-file",
            TextType.of("[^\\s\\p{Cntrl}](?:[^\\p{Cntrl}]{0,998}[^\\s\\p{Cntrl}])?", "path of a file, or none"),
            DashboardConfig.NO_FILE,
            """
            Keeps the last day of the page Pipeline over a restart of the dashboard; its directory must exist. none: in
            memory only.""");

    static final Single<String> LAKE_DIRECTORY = new Single<>(
            "lake.directory",
            TextType.of(
                    LakeConfig.BELOW_STAGING + "|(/(?!\\.{1,2}(/|$))[^/:\\s\\p{Cntrl}]+)+",
                    "a path from the root, such as /data/lake, or " + LakeConfig.BELOW_STAGING),
            LakeConfig.BELOW_STAGING,
            "Where 'offerstorm lake' keeps its tables, in the file system of hdfs.uri; hdfs: lake/ below hdfs.directory.");

    static final Single<String> LAKE_SERVE_URL = new Single<>(
            "lake.serve-url",
            TextType.of(
                    LakeConfig.NOT_SERVED + "|https?://[A-Za-z0-9._-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*",
                    "http://host:port, or " + LakeConfig.NOT_SERVED),
            LakeConfig.NOT_SERVED,
            """
            Where 'offerstorm lake serve' answers, such as http://127.0.0.1:8091: the dashboard asks it for the past and
            for the tables of the batch. none: the dashboard shows the live table only.""");

    static final Properties INGEST_KEYS = new Properties("ingest.keys", new ApiKeyRules(), """
            Who may send offers to 'offerstorm ingest', as name: ${env:NAME} or ${file:/path}, where the API key of at least 16
            characters is. Without one it listens on this machine's loopback address only.""");
    static final Single<Integer> INGEST_RATE =
            new Single<>("ingest.rate", NumberType.whole(IngestConfig.NO_LIMIT, 1_000_000), "20000", """
            Most offers and deletions a second of each name in ingest.keys; more are answered with 429. 0: no limit.""");
    static final Single<String> INGEST_HOSTS = new Single<>(
            "ingest.hosts",
            new HostNamesType(),
            IngestConfig.NO_HOSTS,
            "Host names by which 'offerstorm ingest' is reached, with the same meaning as dashboard.hosts.");

    private static final List<Option> BEFORE_SINKS = List.of(
            BOOTSTRAP_SERVERS,
            TOPIC,
            GROUP,
            EPOCH,
            MAPPING,
            SOURCE_PROPERTIES,
            DEAD_LETTER_TOPIC,
            DEAD_LETTER_PROPERTIES,
            TlsOptions.ALL,
            KafkaSecurity.OPTION,
            SINKS);

    private static final List<Option> AFTER_SINKS = List.of(
            TOPOLOGY_NAME,
            NIMBUS,
            WORKERS,
            WORKER_HEAP,
            METRICS_PORT_OFFSET,
            PROFESSIONS,
            SPOUT_TASKS,
            PARSE_TASKS,
            SINK_TASKS,
            MAX_SPOUT_PENDING,
            MESSAGE_TIMEOUT,
            TRIGGERS,
            WEBHOOK,
            CHANNELS,
            SIGNING_KEY,
            TRIGGERS_TLS,
            DASHBOARD_HOSTS,
            DASHBOARD_PATH,
            DASHBOARD_KEYS,
            DASHBOARD_WORKERS,
            DASHBOARD_HISTORY_FILE,
            LAKE_DIRECTORY,
            LAKE_SERVE_URL,
            INGEST_KEYS,
            INGEST_RATE,
            INGEST_HOSTS);

    static final List<Option> ALL = Stream.of(
                    BEFORE_SINKS.stream(),
                    Sinks.LIGHTEST_FIRST.stream().flatMap(kind -> kind.options().stream()),
                    AFTER_SINKS.stream())
            .flatMap(options -> options)
            .toList();

    /** The options by path, in the order of the file. */
    public static final Map<String, Option> BY_PATH =
            ALL.stream().collect(Collectors.toMap(Option::path, option -> option, (a, b) -> a, LinkedHashMap::new));

    /** The sections with their options, in the order of the file; {@code ""} holds those without section. */
    static final Map<String, List<Option>> BY_SECTION =
            ALL.stream().collect(Collectors.groupingBy(Option::section, LinkedHashMap::new, Collectors.toList()));

    /** Sections that no worker gets. */
    static final Set<String> DASHBOARD_ALONE = Set.of("triggers", "dashboard", "lake");

    private Options() {}

    /** The option of a key in a section; at the top of the file the section is empty. */
    static Optional<Option> in(String section, String key) {
        return BY_SECTION.getOrDefault(section, List.of()).stream()
                .filter(option -> option.key().equals(key))
                .findFirst();
    }

    /** The records that the code uses. */
    static OfferstormConfig bind(Settings settings) {
        return new OfferstormConfig(
                new SourceConfig(
                        settings.get(BOOTSTRAP_SERVERS),
                        settings.get(TOPIC),
                        settings.get(GROUP),
                        settings.get(EPOCH),
                        settings.get(MAPPING),
                        KafkaSecurity.of(settings, settings.get(SOURCE_PROPERTIES))),
                new DeadLetterConfig(
                        settings.get(DEAD_LETTER_TOPIC),
                        KafkaSecurity.of(settings, settings.get(DEAD_LETTER_PROPERTIES))),
                settings.get(SINKS),
                stores(settings),
                new TopologyConfig(
                        settings.get(TOPOLOGY_NAME),
                        settings.get(NIMBUS),
                        settings.get(WORKERS),
                        settings.get(WORKER_HEAP),
                        settings.get(METRICS_PORT_OFFSET),
                        settings.get(PROFESSIONS),
                        settings.get(SPOUT_TASKS),
                        settings.get(PARSE_TASKS),
                        settings.get(SINK_TASKS),
                        settings.get(MAX_SPOUT_PENDING),
                        settings.get(MESSAGE_TIMEOUT)),
                new TriggersConfig(
                        settings.get(TRIGGERS),
                        settings.get(WEBHOOK),
                        settings.get(CHANNELS),
                        settings.get(SIGNING_KEY),
                        TlsOptions.bind(settings, TRIGGERS_TLS)),
                new DashboardConfig(
                        settings.get(DASHBOARD_HOSTS),
                        settings.get(DASHBOARD_PATH),
                        settings.get(DASHBOARD_KEYS),
                        settings.get(DASHBOARD_WORKERS),
                        settings.get(DASHBOARD_HISTORY_FILE)),
                new LakeConfig(settings.get(LAKE_DIRECTORY), settings.get(LAKE_SERVE_URL)),
                new IngestConfig(settings.get(INGEST_KEYS), settings.get(INGEST_RATE), settings.get(INGEST_HOSTS)),
                TlsOptions.bind(settings));
    }

    /** In the order of all kinds. */
    private static Map<SinkKind<?>, Record> stores(OptionValues values) {
        Map<SinkKind<?>, Record> stores = new LinkedHashMap<>();
        for (SinkKind<?> kind : Sinks.ALL) {
            stores.put(kind, kind.bind(values));
        }
        return Collections.unmodifiableMap(stores);
    }
}
