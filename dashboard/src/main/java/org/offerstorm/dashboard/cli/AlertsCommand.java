package org.offerstorm.dashboard.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.dashboard.trigger.Channels;
import org.offerstorm.tools.cli.ConfigOptions;
import org.offerstorm.tools.report.Columns;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code offerstorm alerts}: the messages that the dashboard sends. */
@Command(
        name = "alerts",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        description = "Messages about the rules (triggers.rules) that the dashboard watches. docs/monitoring.md has the"
                + " details.",
        subcommands = AlertsCommand.TestCommand.class)
public final class AlertsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: test");
    }

    /** Sends a message through each channel. */
    @Command(
            name = "test",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Sends a test message through each channel of the configuration (triggers.webhook and"
                    + " triggers.channels), once, and prints what each answers.",
            footer = {
                "",
                "Exit codes: 0 each channel took the message, 1 one did not, 2 usage, or no channel is configured."
            })
    static final class TestCommand implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private ConfigOptions options;

        @Override
        public Integer call() throws InterruptedException {
            OfferstormConfig config = options.load();
            List<Channels.Tried> tried = Channels.test(config.triggers(), System.currentTimeMillis());
            if (tried.isEmpty()) {
                throw Failure.usage("no channel is configured; set triggers.webhook or triggers.channels");
            }
            Columns table = new Columns("channel", "form", "result").left(1).left(2);
            tried.forEach(each -> table.row(
                    each.name(), each.form().word(), each.problem() == null ? "ok" : PlainText.of(each.problem())));
            PrintWriter out = spec.commandLine().getOut();
            out.print(table);
            out.flush();
            return tried.stream().allMatch(each -> each.problem() == null) ? 0 : 1;
        }
    }
}
