package org.offerstorm.sinks.hdfs;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.offerstorm.core.check.Check;
import org.offerstorm.core.option.NumberType;
import org.offerstorm.core.option.Option;
import org.offerstorm.core.option.Option.Properties;
import org.offerstorm.core.option.Option.Single;
import org.offerstorm.core.option.OptionValues;
import org.offerstorm.core.option.TextType;
import org.offerstorm.core.option.UriType;
import org.offerstorm.core.sink.CallLimit;
import org.offerstorm.core.sink.Guarantee;
import org.offerstorm.core.sink.HealthContext;
import org.offerstorm.core.sink.Neighbours;
import org.offerstorm.core.sink.Routing;
import org.offerstorm.core.sink.SetupStep;
import org.offerstorm.core.sink.SinkFactory;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.core.sink.StatisticsReader;

/** HDFS, which keeps every accepted version of every offer. */
public final class Hdfs implements SinkKind<HdfsConfig> {
    public static final SinkKind<HdfsConfig> KIND = new Hdfs();

    private static final long serialVersionUID = 1L;

    private static final TextType FILE =
            TextType.of(HdfsIdentity.NONE + "|/[^\\p{Cntrl}]*[^/\\p{Cntrl}]", "a path from the root, or none");

    public static final Single<String> CONF_DIR = new Single<>(
            "hdfs.conf-dir",
            FILE,
            HdfsConfig.NO_CONF_DIR,
            "Directory with the site's core-site.xml and hdfs-site.xml, at this path on each machine: NameNodes of a"
                    + " nameservice, names in Kerberos, protection. Read when the first connection is made. The sink's deadlines"
                    + " and hdfs.properties win over it.");
    private static final Single<String> URI = new Single<>(
            "hdfs.uri",
            new UriType("hdfs://host:port, or hdfs://nameservice", Set.of("hdfs"), false, false, Pattern.compile("/?")),
            "hdfs://127.0.0.1:8020",
            "File system.");
    private static final Single<String> DIRECTORY = new Single<>(
            "hdfs.directory",
            TextType.of("(/(?!\\.{1,2}(/|$))[^/:\\s\\p{Cntrl}]+)+", "a path from the root, such as /data/offerstorm"),
            "/offerstorm",
            "Everything is written below this directory: final files in offers/dt=…, open ones in _open.");
    private static final Single<Long> ROLL_SIZE = new Single<>(
            "hdfs.roll-size",
            NumberType.size("64 KiB", "64 GiB"),
            "128 MiB",
            "A file is finished when it is this large …");
    private static final Single<Duration> ROLL_AGE = new Single<>(
            "hdfs.roll-age", NumberType.duration("1 s", "1 d"), "10 min", "… or this old, even if nothing arrives.");
    public static final Single<String> PRINCIPAL = new Single<>(
            "hdfs.principal",
            TextType.of(
                    HdfsIdentity.NONE + "|[^@/\\s\\p{Cntrl}]+(/[^@/\\s\\p{Cntrl}]+)?@[^@/\\s\\p{Cntrl}]+",
                    "name@REALM or name/host@REALM, or none"),
            HdfsIdentity.NONE,
            "Kerberos' name for workers and commands, with its realm; none: HDFS without Kerberos. Needs hdfs.keytab, and"
                    + " dfs.namenode.kerberos.principal in hdfs.properties or hdfs.conf-dir.");
    public static final Single<String> KEYTAB = new Single<>(
            "hdfs.keytab",
            FILE,
            HdfsIdentity.NONE,
            "File with the principal's keys, at this path on each machine. Read at each login, so it may be replaced.");
    public static final Single<String> KRB5_CONF = new Single<>(
            "hdfs.krb5-conf",
            FILE,
            HdfsIdentity.NONE,
            "File that names the realm's KDCs; none: Java's own, /etc/krb5.conf. Java has one for each process, and does not"
                    + " read KRB5_CONFIG.");
    public static final Properties PROPERTIES =
            new Properties("hdfs.properties", new HadoopProperties(), "Further properties of the Hadoop client.");

    private Hdfs() {}

    @Override
    public String name() {
        return "hdfs";
    }

    @Override
    public String title() {
        return "HDFS";
    }

    @Override
    public String component() {
        return "hdfs-writer";
    }

    @Override
    public boolean isDefault() {
        return true;
    }

    @Override
    public List<Option> options() {
        return List.of(URI, DIRECTORY, ROLL_SIZE, ROLL_AGE, PRINCIPAL, KEYTAB, KRB5_CONF, CONF_DIR, PROPERTIES);
    }

    @Override
    public Class<HdfsConfig> configType() {
        return HdfsConfig.class;
    }

    @Override
    public HdfsConfig bind(OptionValues values) {
        return new HdfsConfig(
                values.get(URI),
                values.get(DIRECTORY),
                values.get(ROLL_SIZE),
                values.get(ROLL_AGE),
                new HdfsIdentity(values.get(PRINCIPAL), values.get(KEYTAB), values.get(KRB5_CONF)),
                values.get(CONF_DIR),
                values.get(PROPERTIES));
    }

    @Override
    public SinkFactory factory(HdfsConfig config, Neighbours neighbours) {
        return new HdfsSinkFactory(config);
    }

    @Override
    public Routing routing() {
        return Routing.BY_SLOT;
    }

    @Override
    public CallLimit callLimit() {
        return new CallLimit.Fixed(Duration.ofSeconds(5));
    }

    @Override
    public Guarantee guarantee() {
        return new Guarantee("its block is hsynced", "every accepted record once, in the file of its date");
    }

    @Override
    public List<String> clientThreads() {
        return List.of("DataStreamer", "ResponseProcessor", "IPC ", "LeaseRenewer", Tickets.THREAD);
    }

    @Override
    public Optional<StatisticsReader> statistics(HdfsConfig config) {
        return Optional.of(new HdfsStatistics(config));
    }

    @Override
    public Check health(HdfsConfig config, Neighbours neighbours, HealthContext context) {
        return new HdfsHealth(config, context.group(), context.slots(), context.source(), context.clock());
    }

    @Override
    public List<SetupStep> setup(HdfsConfig config, Neighbours neighbours) {
        return List.of(new HdfsSetup(config));
    }

    @Override
    public String toString() {
        return name();
    }

    private Object readResolve() {
        return KIND;
    }
}
