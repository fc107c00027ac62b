package org.offerstorm.local.demo;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.config.builder.api.AppenderComponentBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilderFactory;
import org.apache.logging.log4j.core.config.builder.impl.BuiltConfiguration;
import org.offerstorm.tools.terminal.LogFormat;

/**
 * Logging of the demo, which keeps its terminal to itself: everything that Offerstorm, Storm and the servers say goes to files, and what Offerstorm and Storm warn of is counted.
 */
public final class Logs {
    private static final String PATTERN = "%d{ISO8601} %-5p %c{1.} [%t] %m{nolookups}%n%xEx";
    private static final String[] SERVERS = {
        "kafka",
        "state.change.logger",
        "org.apache.kafka.controller",
        "org.apache.kafka.coordinator",
        "org.apache.kafka.image",
        "org.apache.kafka.metadata",
        "org.apache.kafka.network",
        "org.apache.kafka.raft",
        "org.apache.kafka.server",
        "org.apache.kafka.storage",
        "org.apache.solr",
        "org.apache.hadoop",
        "org.apache.zookeeper",
        "org.eclipse.jetty"
    };

    private final Path directory;
    private final WarningCounter counter;

    private Logs(Path directory, WarningCounter counter) {
        this.directory = directory;
        this.counter = counter;
    }

    /**
     * Sends all logging, and everything that libraries print, to files in {@code directory}.
     *
     * @throws IOException if they cannot be written
     */
    public static Logs toFiles(Path directory) throws IOException {
        Files.createDirectories(directory);
        ConfigurationBuilder<BuiltConfiguration> builder = ConfigurationBuilderFactory.newConfigurationBuilder();
        // On a full disk log4j would report every line that it could not write, on the terminal.
        builder.setStatusLevel(Level.OFF);
        builder.add(rollingFile(builder, directory, "offerstorm"));
        builder.add(rollingFile(builder, directory, "servers"));
        builder.add(builder.newRootLogger(Level.INFO).add(builder.newAppenderRef("offerstorm")));
        for (String server : SERVERS) {
            builder.add(builder.newLogger(server, Level.INFO)
                    .add(builder.newAppenderRef("servers"))
                    .addAttribute("additivity", false));
        }
        LoggerContext context = Configurator.initialize(builder.build());
        context.reconfigure(builder.build());
        Configuration configuration = context.getConfiguration();
        WarningCounter counter = new WarningCounter();
        counter.start();
        configuration.addAppender(counter);
        configuration.getRootLogger().addAppender(counter, Level.WARN, null);
        context.updateLoggers();

        PrintStream prints = new PrintStream(
                new FileOutputStream(directory.resolve("prints.log").toFile(), true), true, StandardCharsets.UTF_8);
        System.setOut(prints);
        System.setErr(prints);
        return new Logs(directory, counter);
    }

    /** Where the files are. */
    public Path directory() {
        return directory;
    }

    /** Those of Offerstorm, Storm and the servers. */
    public List<Path> files() {
        return List.of(directory.resolve("offerstorm.log"), directory.resolve("servers.log"));
    }

    /** Warnings of Offerstorm and Storm since the start. */
    public int warnings() {
        return counter.warnings.get();
    }

    /** Errors of Offerstorm and Storm since the start. */
    public int errors() {
        return counter.errors.get();
    }

    private static AppenderComponentBuilder rollingFile(
            ConfigurationBuilder<BuiltConfiguration> builder, Path directory, String name) {
        AppenderComponentBuilder file = builder.newAppender(name, "RollingFile")
                .addAttribute("fileName", directory.resolve(name + ".log").toString())
                .addAttribute("filePattern", directory.resolve(name + ".%i.log").toString());
        file.add(LogFormat.layout(builder, PATTERN));
        file.addComponent(builder.newComponent("SizeBasedTriggeringPolicy").addAttribute("size", "32 MB"));
        file.addComponent(builder.newComponent("DefaultRolloverStrategy").addAttribute("max", 3));
        return file;
    }

    private static final class WarningCounter extends AbstractAppender {
        private final AtomicInteger warnings = new AtomicInteger();
        private final AtomicInteger errors = new AtomicInteger();

        private WarningCounter() {
            super("counter", (Filter) null, null, true, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            (event.getLevel().isMoreSpecificThan(Level.ERROR) ? errors : warnings).incrementAndGet();
        }
    }
}
