package org.offerstorm.tools.cli.value;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.tools.snapshot.DeletionLimit;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;

/** The one grammar of each kind of value. */
public final class Converters {
    private Converters() {}

    /**
     * Registers all converters for a command line and the subcommands that it has by now.
     *
     * @return the command line
     */
    public static CommandLine register(CommandLine line) {
        line.registerConverter(Duration.class, new Durations());
        line.registerConverter(Instant.class, new Moments());
        line.registerConverter(Port.class, Port::parse);
        line.registerConverter(Rate.class, Rate::parse);
        line.registerConverter(DeletionLimit.class, Converters::deletionLimit);
        line.registerConverter(int.class, NumberValues::whole);
        line.registerConverter(Integer.class, NumberValues::whole);
        line.registerConverter(long.class, NumberValues::wholeLong);
        line.registerConverter(Long.class, NumberValues::wholeLong);
        line.registerConverter(double.class, NumberValues.decimals());
        line.registerConverter(Double.class, NumberValues.decimals());
        choices(line, line);
        return line;
    }

    private static DeletionLimit deletionLimit(String text) {
        try {
            return DeletionLimit.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(
                    "'" + PlainText.excerpt(text) + "' is neither a share nor a number of offers; write 20% or 500");
        }
    }

    /** Every enum that an option or parameter has. */
    private static void choices(CommandLine root, CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        spec.args().stream().flatMap(Converters::types).filter(Class::isEnum).forEach(type -> choice(root, type));
        line.getSubcommands().values().forEach(subcommand -> choices(root, subcommand));
    }

    private static Stream<Class<?>> types(ArgSpec arg) {
        return Arrays.stream(arg.auxiliaryTypes());
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an enum's class, which only the reader of the code knows
    private static void choice(CommandLine root, Class<?> type) {
        root.registerConverter((Class) type, new Choice(type));
    }
}
