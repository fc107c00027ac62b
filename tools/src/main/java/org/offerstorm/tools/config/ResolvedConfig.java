package org.offerstorm.tools.config;

import java.util.ArrayList;
import java.util.List;
import org.offerstorm.core.check.Finding;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.option.Option;
import org.offerstorm.core.option.Option.Properties;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.tools.config.Settings.Setting;

/** A sound configuration, and where each of its values came from. */
public final class ResolvedConfig {
    private static final int LONGEST_PATH = 120;

    private final Settings settings;
    private final OfferstormConfig config;

    ResolvedConfig(Settings settings) {
        this.settings = settings;
        this.config = Options.bind(settings);
    }

    public OfferstormConfig config() {
        return config;
    }

    /** As YAML that can be read again, each line with where its value came from; literal secrets are hidden. */
    public String show() {
        return ConfigYaml.resolved(settings);
    }

    /** Why there are as many parsing tasks as there are; a clause without a full stop. */
    public String reasonForParseTasks() {
        return Options.PARSE_TASKS_TYPE.reason(
                settings.setting(Options.PARSE_TASKS).text());
    }

    /**
     * What is allowed but unwise: secrets that are written out, and secrets that go over the network without TLS. All are
     * warnings, named by their option; they hold no secret.
     *
     * @param resolve whether to look at what references to secrets name, as far as this process can read it; without it
     *     nothing is read
     */
    public List<Finding> findings(boolean resolve) {
        List<Finding> findings = new ArrayList<>();
        Options.ALL.forEach(option -> look(option, findings));
        findings.addAll(ClearWire.of(settings, resolve));
        return findings;
    }

    /** Secrets that are written out and would be in the topology: on Nimbus, and on the disk of every supervisor. */
    public List<Finding> secretsInTopology() {
        List<Finding> findings = new ArrayList<>();
        for (Option option : Options.ALL) {
            if (!Options.DASHBOARD_ALONE.contains(option.section())) {
                look(option, findings);
            }
        }
        return findings;
    }

    /** The {@link #findings} in one line each: {@code place: option: what it is; what to do}. */
    public List<String> warnings(boolean resolve) {
        return findings(resolve).stream()
                .map(warning ->
                        warning.where() + ": " + warning.name() + ": " + warning.message() + "; " + warning.fix())
                .toList();
    }

    private void look(Option option, List<Finding> findings) {
        if (option instanceof Properties properties) {
            settings.settings(properties).forEach((name, setting) -> look(option, name, setting, findings));
        } else {
            look(option, "", settings.setting(option), findings);
        }
    }

    private static void look(Option option, String name, Setting setting, List<Finding> findings) {
        if (Masking.hides(option, name, setting.text())) {
            boolean isWebhook = option.equals(Options.WEBHOOK)
                    || (option.equals(Options.CHANNELS) && !Masking.isMail(setting.text()));
            findings.add(Finding.warn(
                    PlainText.excerpt(name.isEmpty() ? option.path() : option.path() + "." + name, LONGEST_PATH),
                    setting.place().toString(),
                    isWebhook
                            ? "what follows the host is written out, and is the secret of most such services"
                            : "a secret is written out, and would be seen in the topology",
                    "write ${env:NAME} or ${file:/path} in its place"));
        }
    }
}
