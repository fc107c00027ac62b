package org.offerstorm.tools.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.check.Finding;
import org.offerstorm.core.check.Finding.Level;
import org.offerstorm.tools.cli.value.TextOrJson;
import org.offerstorm.tools.config.ResolvedConfig;
import org.offerstorm.tools.report.Json;
import org.offerstorm.tools.setup.Doctor;
import org.offerstorm.tools.setup.WireLogins;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code offerstorm doctor}: what is wrong with the servers, and how to fix it. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Checks every server of the configuration as a worker will use it: same clients, secrets and deadlines. The"
                    + " lines 'login' say as whom, and over what.",
            "Takes 15 s at most, unless checks still find something after that. Writes a small file to HDFS, two keys to Redis (both are deleted again) and one document"
                    + " to Solr (which no user finds). Run it where workers run, as the user who runs them."
        },
        footer = {"", "Exit codes: 0 nothing failed, 2 usage, 3 something failed."})
public final class DoctorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json. Default: ${DEFAULT-VALUE}.")
    private TextOrJson format;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "13s",
            description = "How long the checks may find nothing, such as 90s or 5min, for busy machines."
                    + " Default: ${DEFAULT-VALUE}.")
    private Duration wait;

    @Mixin
    private ConfigOptions config;

    @Override
    public Integer call() {
        ResolvedConfig resolved = config.resolve();
        List<Finding> findings = new ArrayList<>(resolved.findings(true));
        findings.addAll(WireLogins.of(resolved.config()));
        findings.addAll(Doctor.run(resolved.config(), wait));
        PrintWriter out = spec.commandLine().getOut();
        if (format == TextOrJson.JSON) {
            out.print(json(findings));
        } else {
            findings.forEach(finding -> out.println(CheckLines.of(
                    word(finding.level()), finding.name(), finding.where(), finding.message(), finding.fix())));
            out.println();
            out.println(count(findings, Level.OK) + " ok, " + count(findings, Level.WARN) + " warn, "
                    + count(findings, Level.FAIL) + " FAIL");
        }
        out.flush();
        return findings.stream().anyMatch(Finding::isFailure) ? Failure.UNREACHABLE : 0;
    }

    private static String word(Level level) {
        return level == Level.FAIL ? level.name() : level.name().toLowerCase(Locale.ROOT);
    }

    private static long count(List<Finding> findings, Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }

    private static String json(List<Finding> findings) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        for (Level level : Level.values()) {
            answer.put(level.name().toLowerCase(Locale.ROOT), count(findings, level));
        }
        ArrayNode list = answer.putArray("findings");
        for (Finding finding : findings) {
            list.addObject()
                    .put("level", finding.level().name().toLowerCase(Locale.ROOT))
                    .put("name", finding.name())
                    .put("where", finding.where())
                    .put("message", finding.message())
                    .put("fix", finding.fix());
        }
        return Json.of(answer);
    }
}
