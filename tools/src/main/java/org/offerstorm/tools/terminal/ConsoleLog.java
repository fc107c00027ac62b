package org.offerstorm.tools.terminal;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.builder.api.AppenderComponentBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilderFactory;
import org.apache.logging.log4j.core.config.builder.impl.BuiltConfiguration;

/** Logging of a command in its own process: on standard error, as {@link LogFormat} says. Needs log4j, which the topology's jar does not bring. */
public final class ConsoleLog {
    private ConsoleLog() {}

    /** For commands that only talk: errors of the libraries go to standard error, in one line. */
    public static void errors() {
        configure("%p %c{1}: %m{nolookups}%n%ex{0}", null);
    }

    /** For commands that stay up: also what the packages below {@code logger} say, with the time. */
    public static void of(String logger) {
        configure("%d{ISO8601} %-5p %m{nolookups}%n%ex{0}", logger);
    }

    private static void configure(String pattern, String logger) {
        ConfigurationBuilder<BuiltConfiguration> builder = ConfigurationBuilderFactory.newConfigurationBuilder();
        builder.setStatusLevel(Level.ERROR);
        AppenderComponentBuilder console =
                builder.newAppender("console", "Console").addAttribute("target", "SYSTEM_ERR");
        console.add(LogFormat.layout(builder, pattern));
        builder.add(console);
        builder.add(builder.newRootLogger(Level.ERROR).add(builder.newAppenderRef("console")));
        // Calls it an error that a topic, which is about to be made, is not there yet; the command reports what it
        // finds.
        builder.add(builder.newLogger("org.apache.kafka.clients.admin.internals.PartitionLeaderStrategy", Level.OFF));
        if (logger != null) {
            builder.add(builder.newLogger(logger, Level.INFO));
        }
        Configurator.reconfigure(builder.build());
    }
}
