package org.offerstorm.sinks.postgres;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.offerstorm.core.check.Check;
import org.offerstorm.core.option.Option;
import org.offerstorm.core.option.Option.Single;
import org.offerstorm.core.option.OptionValues;
import org.offerstorm.core.option.TextType;
import org.offerstorm.core.sink.CallLimit;
import org.offerstorm.core.sink.CoverageReader;
import org.offerstorm.core.sink.Guarantee;
import org.offerstorm.core.sink.HealthContext;
import org.offerstorm.core.sink.Neighbours;
import org.offerstorm.core.sink.Routing;
import org.offerstorm.core.sink.SetupStep;
import org.offerstorm.core.sink.SinkFactory;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.core.sink.StatisticsReader;
import org.offerstorm.core.tls.TlsOptions;

/** PostgreSQL, which has the offers, every version of them, and the counts as tables. */
public final class Postgres implements SinkKind<PostgresConfig> {
    public static final SinkKind<PostgresConfig> KIND = new Postgres();

    private static final long serialVersionUID = 1L;

    private static final Single<String> URL = new Single<>(
            "postgres.url",
            new PostgresUrlType(),
            "postgresql://127.0.0.1:5432/offerstorm",
            "Address of the database; sslmode=verify-full for TLS that is checked. Write a password as a reference.");
    private static final Single<String> SCHEMA = new Single<>(
            "postgres.schema",
            TextType.of(
                    "(?!pg_)[a-z_][a-z0-9_]{0,62}",
                    "1 to 63 lower-case letters, digits and '_', not beginning with a digit or pg_"),
            "offerstorm",
            "Schema of all tables; setup makes it. One for each stream.");
    private static final Single<Duration> TIMEOUT =
            new Single<>("postgres.timeout", CallLimit.TYPE, "5 s", "Deadline of one call.");
    private static final Option.Properties TLS = TlsOptions.of("postgres", "PostgreSQL");

    private Postgres() {}

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public String title() {
        return "PostgreSQL";
    }

    @Override
    public String component() {
        return "postgres-writer";
    }

    @Override
    public boolean isDefault() {
        return false;
    }

    @Override
    public List<Option> options() {
        return List.of(URL, SCHEMA, TIMEOUT, TLS);
    }

    @Override
    public Class<PostgresConfig> configType() {
        return PostgresConfig.class;
    }

    @Override
    public PostgresConfig bind(OptionValues values) {
        return new PostgresConfig(
                values.get(URL), values.get(SCHEMA), values.get(TIMEOUT), TlsOptions.bind(values, TLS));
    }

    @Override
    public SinkFactory factory(PostgresConfig config, Neighbours neighbours) {
        return new PostgresSinkFactory(config);
    }

    @Override
    public Routing routing() {
        return Routing.ANY;
    }

    @Override
    public Optional<String> oneTaskBecause() {
        return Optional.of("one transaction writes at a time");
    }

    @Override
    public CallLimit callLimit() {
        return new CallLimit.ByOption(TIMEOUT);
    }

    @Override
    public Guarantee guarantee() {
        return new Guarantee(
                "one transaction has written offers, versions, counts and coverage, and is on disk",
                "the same as an undisturbed run; what a server lost, or a replica never had, is read again from the"
                        + " topic");
    }

    @Override
    public Optional<CoverageReader.Factory> coverage(PostgresConfig config) {
        return Optional.of(PostgresCoverage.factory(config));
    }

    @Override
    public Optional<StatisticsReader> statistics(PostgresConfig config) {
        return Optional.of(new PostgresStatistics(config));
    }

    @Override
    public Check health(PostgresConfig config, Neighbours neighbours, HealthContext context) {
        return new PostgresHealth(config, context);
    }

    @Override
    public List<SetupStep> setup(PostgresConfig config, Neighbours neighbours) {
        return List.of(new SchemaSetup(config));
    }

    @Override
    public String toString() {
        return name();
    }

    private Object readResolve() {
        return KIND;
    }
}
