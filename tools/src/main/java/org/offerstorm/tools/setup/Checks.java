package org.offerstorm.tools.setup;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.offerstorm.core.check.Check;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.mapping.Mapping;
import org.offerstorm.core.mapping.ValueFormat;
import org.offerstorm.core.sink.HealthContext;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.formats.avro.RegistryHealth;
import org.offerstorm.sinks.Sinks;
import org.offerstorm.tools.mapping.BadMapping;
import org.offerstorm.tools.mapping.MappingFile;

/** The checks that matter to a configuration: those of its sinks alone. */
public final class Checks {
    private Checks() {}

    /**
     * In the order in which their findings are shown. Connects to nothing yet.
     *
     * @throws Failure if the mapping cannot be read
     */
    public static List<Check> of(OfferstormConfig config) {
        return of(config, KafkaAdmin.PATIENCE);
    }

    /**
     * As {@link #of(OfferstormConfig)}.
     *
     * @param patience of each request to Kafka while it listens
     */
    static List<Check> of(OfferstormConfig config, Duration patience) {
        HealthContext context = new HealthContext(
                config.source().group(),
                config.topology().spoutTasks(),
                new StreamSource(config.source()),
                InstantSource.system());
        List<Check> checks = new ArrayList<>();
        checks.add(new HostHealth());
        checks.add(new KafkaHealth(config, patience));
        registry(config).ifPresent(checks::add);
        for (SinkKind<?> kind : Sinks.LIGHTEST_FIRST) {
            if (config.sinks().contains(kind)) {
                checks.add(config.bound(kind).health(context));
            }
        }
        ServiceLoader.load(CheckProvider.class, CheckProvider.class.getClassLoader())
                .forEach(further -> checks.addAll(further.checks(config)));
        return checks;
    }

    /** Of the schema registry, if the mapping names one. */
    private static Optional<Check> registry(OfferstormConfig config) {
        try {
            Mapping mapping = MappingFile.of(config.source().mapping());
            return mapping != null && mapping.over(config.tls()).value() instanceof ValueFormat.Avro avro
                    ? Optional.of(new RegistryHealth(avro))
                    : Optional.empty();
        } catch (BadMapping e) {
            throw Failure.usage(e.getMessage());
        }
    }
}
