package org.offerstorm.tools.config;

import java.util.ArrayList;
import java.util.List;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.option.Option;
import org.offerstorm.core.option.Option.Properties;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.tools.config.Settings.Setting;

/** A sound configuration, and where each of its values came from. */
public final class ResolvedConfig {
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

    /** What is allowed but unwise: secrets that are written out. One line each; they hold no secret. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        for (Option option : Options.ALL) {
            if (option instanceof Properties properties) {
                settings.settings(properties)
                        .forEach((name, setting) -> warn(option.path() + "." + name, setting, warnings));
            } else {
                warn(option.path(), settings.setting(option), warnings);
            }
        }
        return warnings;
    }

    private static void warn(String path, Setting setting, List<String> warnings) {
        if (Masking.hides(path, setting.text())) {
            warnings.add(setting.place() + ": " + PlainText.excerpt(path)
                    + ": a secret is written out, and would be seen in the topology; write ${env:NAME} or"
                    + " ${file:/path} in its place");
        }
    }
}
