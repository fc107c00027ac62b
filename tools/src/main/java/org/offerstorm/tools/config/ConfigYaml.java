package org.offerstorm.tools.config;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.offerstorm.core.option.Option;
import org.offerstorm.core.option.Option.Names;
import org.offerstorm.core.option.Option.Properties;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.tools.config.Settings.Setting;

/** Writes configurations as YAML. */
final class ConfigYaml {
    /** Words and addresses that YAML reads as they are; anything else is quoted. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/][A-Za-z0-9 ./_-]*(:(?! )[A-Za-z0-9 ./_:,-]*)?");

    private static final Pattern NOT_TEXT = Pattern.compile("(?i)~|null|.*[: ]");
    private static final int COMMENT_COLUMN = 50;

    private final StringBuilder out = new StringBuilder();

    private ConfigYaml() {}

    /** Every option with its documentation and default: conf/offerstorm.yaml. */
    static String defaults() {
        ConfigYaml yaml = new ConfigYaml();
        yaml.out.append("""
                # Offerstorm's configuration: every option, with its default.
                #
                # Your own file needs only the options that differ: copy this file, or a part of it, and name the copy with
                # --config. Changes in this file have no effect unless you name it itself. Write durations as 500 ms, 10 s, 5 min,
                # 2 h, 1 d; sizes as 64 KiB, 128 MiB. Unknown keys are errors. 'offerstorm config validate' checks a file,
                # 'offerstorm config show' prints the effective configuration. docs/configuration.md has the bounds.
                """);
        yaml.sections(yaml::documented);
        return yaml.out.toString();
    }

    /** Every option with its value and where it came from; secrets hidden. */
    static String resolved(Settings settings) {
        ConfigYaml yaml = new ConfigYaml();
        yaml.out
                .append("# Resolved configuration; literal secrets are hidden as ")
                .append(Masking.MASK)
                .append('\n');
        yaml.sections(option -> yaml.resolved(option, settings));
        return yaml.out.toString();
    }

    private void sections(Consumer<Option> write) {
        for (Map.Entry<String, List<Option>> section : Options.BY_SECTION.entrySet()) {
            out.append('\n');
            if (!section.getKey().isEmpty()) {
                out.append(section.getKey()).append(":\n");
            }
            section.getValue().forEach(write);
        }
    }

    private void documented(Option option) {
        option.doc()
                .lines()
                .forEach(line ->
                        out.append(indent(option)).append("# ").append(line).append('\n'));
        if (!(option instanceof Properties)) {
            out.append(indent(option))
                    .append("# Value: ")
                    .append(option.allowed())
                    .append('\n');
        }
        out.append(indent(option))
                .append(option.key())
                .append(": ")
                .append(option.defaultText())
                .append('\n');
    }

    private void resolved(Option option, Settings settings) {
        if (!(option instanceof Properties properties)) {
            Setting setting = settings.setting(option);
            String shown = Masking.show(option, "", setting.text());
            line(indent(option) + option.key() + ": " + (option instanceof Names ? shown : quoted(shown)), setting);
        } else if (settings.settings(properties).isEmpty()) {
            line(indent(option) + option.key() + ": {}", new Setting(null, "", Origin.DEFAULT));
        } else {
            out.append(indent(option)).append(option.key()).append(":\n");
            settings.settings(properties)
                    .forEach((name, setting) -> line(
                            indent(option) + "  " + quoted(name) + ": "
                                    + quoted(Masking.show(option, name, setting.text())),
                            setting));
        }
    }

    private void line(String text, Setting setting) {
        out.append(text)
                .append(" ".repeat(Math.max(2, COMMENT_COLUMN - text.length())))
                .append("# ")
                .append(PlainText.of(setting.place().brief()))
                .append('\n');
    }

    private static String indent(Option option) {
        return option.section().isEmpty() ? "" : "  ";
    }

    private static String quoted(String text) {
        if (PLAIN.matcher(text).matches() && !NOT_TEXT.matcher(text).matches()) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || c == 0xfeff) {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }
}
