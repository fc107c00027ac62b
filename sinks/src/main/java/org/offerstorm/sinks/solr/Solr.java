package org.offerstorm.sinks.solr;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.offerstorm.core.check.Check;
import org.offerstorm.core.option.NumberType;
import org.offerstorm.core.option.Option;
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
import org.offerstorm.core.tls.TlsOptions;

/** Solr, in which offers are searched. */
public final class Solr implements SinkKind<SolrConfig> {
    public static final SinkKind<SolrConfig> KIND = new Solr();

    private static final long serialVersionUID = 1L;

    private static final Single<String> URL = new Single<>(
            "solr.url",
            new UriType(
                    "http://[user:password@]host:8983/solr, or https://",
                    Set.of("http", "https"),
                    false,
                    true,
                    Pattern.compile(".*")),
            "http://127.0.0.1:8983/solr",
            "Address of the Solr server; user and password for basic authentication. Write a password as a reference.");
    private static final Single<String> CORE = new Single<>(
            "solr.core",
            TextType.of("(?!-)[A-Za-z0-9._-]{1,200}", "letters, digits, '.', '_' and '-', not starting with '-'"),
            "offers",
            "Core (or collection) of the offers, created from conf/solr/offers.");
    private static final Single<Duration> TIMEOUT =
            new Single<>("solr.timeout", CallLimit.TYPE, "5 s", "Deadline of one request.");
    private static final Option.Properties TLS = TlsOptions.of("solr", "Solr");
    private static final Single<Duration> COMMIT_WITHIN = new Single<>(
            "solr.commit-within",
            NumberType.duration("100 ms", "10 s"),
            "1 s",
            "A change is searchable after this time when the stream is calm; under load after at most 10 s.");

    private Solr() {}

    @Override
    public String name() {
        return "solr";
    }

    @Override
    public String title() {
        return "Solr";
    }

    @Override
    public String component() {
        return "solr-indexer";
    }

    @Override
    public boolean isDefault() {
        return true;
    }

    @Override
    public List<Option> options() {
        return List.of(URL, CORE, TIMEOUT, COMMIT_WITHIN, TLS);
    }

    @Override
    public Class<SolrConfig> configType() {
        return SolrConfig.class;
    }

    @Override
    public SolrConfig bind(OptionValues values) {
        return new SolrConfig(
                values.get(URL),
                values.get(CORE),
                values.get(TIMEOUT),
                values.get(COMMIT_WITHIN),
                TlsOptions.bind(values, TLS));
    }

    @Override
    public SinkFactory factory(SolrConfig config, Neighbours neighbours) {
        return new SolrSinkFactory(config);
    }

    @Override
    public Routing routing() {
        return Routing.ANY;
    }

    @Override
    public CallLimit callLimit() {
        return new CallLimit.ByOption(TIMEOUT);
    }

    @Override
    public Guarantee guarantee() {
        return new Guarantee("the update log is fsynced", "the newest version of each offer, deletions as tombstones");
    }

    @Override
    public List<String> clientThreads() {
        return List.of("h2sc-", "HttpClient");
    }

    @Override
    public Optional<StatisticsReader> statistics(SolrConfig config) {
        return Optional.of(new SolrStatistics(config));
    }

    @Override
    public Check health(SolrConfig config, Neighbours neighbours, HealthContext context) {
        return new SolrHealth(config, context.source(), context.clock());
    }

    @Override
    public List<SetupStep> setup(SolrConfig config, Neighbours neighbours) {
        return List.of(new SolrSetup(config));
    }

    @Override
    public String toString() {
        return name();
    }

    private Object readResolve() {
        return KIND;
    }
}
