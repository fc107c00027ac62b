package org.offerstorm.formats.avro;

import java.util.function.Consumer;
import org.offerstorm.core.check.Check;
import org.offerstorm.core.check.Finding;
import org.offerstorm.core.mapping.ValueFormat;
import org.offerstorm.core.parse.SourceUnavailable;

/** Asks the schema registry for an id that it hardly has: whether it has one or not, it answers as workers need it. */
public final class RegistryHealth implements Check {
    private static final int HARDLY_AN_ID = Integer.MAX_VALUE;

    private final ValueFormat.Avro format;

    public RegistryHealth(ValueFormat.Avro format) {
        this.format = format;
    }

    @Override
    public String name() {
        return "schema registry";
    }

    @Override
    public String where() {
        return format.registry();
    }

    @Override
    public void run(Consumer<Finding> found) {
        try {
            new RegistryClient(format).schema(HARDLY_AN_ID);
            found.accept(Finding.ok(name(), where(), "answers questions for schemas"));
        } catch (SourceUnavailable e) {
            found.accept(Finding.fail(
                    name(),
                    where(),
                    e.getMessage(),
                    "start it, or correct value.registry, value.user and value.password of the mapping"));
        }
    }
}
