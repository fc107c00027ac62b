package org.offerstorm.topology.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.WriterAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.storm.generated.StormTopology;
import org.apache.storm.utils.Utils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.reference.ProfessionsReader;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.tools.config.ConfigLoader;
import org.offerstorm.tools.config.ResolvedConfig;
import org.offerstorm.topology.cli.TopologyCommands;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Where secrets stand as references, nothing that leaves the submitting process holds one of them. */
class SecretsStayReferencesTest {
    private static final String VALUE = "Xq7vTTr0ub4dor";

    @TempDir
    private Path directory;

    private Path secret;
    private Path file;

    @BeforeEach
    void write() throws IOException {
        secret = Files.writeString(directory.resolve("secret"), VALUE + "\n");
        file = Files.writeString(directory.resolve("my.yaml"), """
                source:
                  properties:
                    ssl.key.password: SECRET
                    sasl.jaas.config: x.Login required username="a" password="SECRET";
                dead-letters:
                  properties: {ssl.truststore.password: "SECRET"}
                redis: {uri: "redis://ann:SECRET@127.0.0.1:6379"}
                solr: {url: "http://ann:SECRET@127.0.0.1:8983/solr"}
                hdfs:
                  properties: {hadoop.x.password: "SECRET"}
                """.replace("SECRET", reference()));
        assertThat(Secrets.resolve(reference())).isEqualTo(VALUE); // else this test proves nothing
    }

    @Test
    void the_topology_and_its_configuration_hold_references_alone() throws IOException {
        OfferstormConfig config = ConfigLoader.load(file, Map.of());

        StormTopology topology = OffersTopology.build(
                config,
                DataSet.of(ProfessionsReader.read(
                        new ByteArrayInputStream("id,name,category_name\n".getBytes(StandardCharsets.UTF_8)), "test")));

        String serialized = new String(Utils.thriftSerialize(topology), StandardCharsets.ISO_8859_1);
        assertThat(occurrences(serialized, reference())).isGreaterThanOrEqualTo(6);
        assertThat(serialized).doesNotContain(VALUE);
        assertThat(OffersTopology.stormConfig(config).toString()).doesNotContain(VALUE);
        assertThat(config.toString()).contains(reference()).doesNotContain(VALUE);
    }

    @Test
    void commands_print_and_log_references_alone() {
        StringWriter log = new StringWriter();
        StringWriter out = new StringWriter();
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        PrintStream before = System.err;
        WriterAppender appender =
                WriterAppender.createAppender(PatternLayout.createDefaultLayout(), null, log, "test", false, true);
        appender.start();
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        Level level = context.getRootLogger().getLevel();
        context.getRootLogger().addAppender(appender);
        Configurator.setRootLevel(Level.ALL);
        System.setErr(new PrintStream(console, true, StandardCharsets.UTF_8));
        try {
            CommandLine line = TopologyCommands.commandLine();
            line.setOut(new PrintWriter(out, true));
            line.setErr(new PrintWriter(out, true));
            assertThat(line.execute("config", "show", "--config", file.toString()))
                    .isZero();
            assertThat(line.execute("config", "validate", "--config", file.toString()))
                    .isZero();
            assertThat(line.execute("config", "validate", "--config", file.toString(), "-c", "redis.timeout=9 s"))
                    .isEqualTo(2);
            ResolvedConfig resolved = ConfigLoader.resolve(List.of(file), List.of());
            LoggerFactory.getLogger("test").debug("loaded {}", resolved.config());
        } finally {
            System.setErr(before);
            Configurator.setRootLevel(level);
            context.getRootLogger().removeAppender(appender);
        }

        assertThat(out.toString()).contains("redis://ann:" + reference() + "@127.0.0.1:6379");
        assertThat(log.toString()).contains("loaded", reference());
        assertThat(out + log.toString() + console).doesNotContain(VALUE);
    }

    private String reference() {
        return "${file:" + secret + "}";
    }

    private static int occurrences(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }
}
