package org.offerstorm.tools.config;

import java.util.Arrays;
import java.util.List;
import org.offerstorm.core.option.Option;
import org.offerstorm.core.option.Option.Names;
import org.offerstorm.core.option.Option.Properties;
import org.offerstorm.core.option.Option.Single;
import org.offerstorm.tools.config.Settings.Written;

/** Lays {@code -c key=value} over the settings. */
final class CommandLineLayer {
    private CommandLineLayer() {}

    static void apply(List<String> assignments, int layer, Settings settings) {
        Origin place = Origin.commandLine(layer);
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 0) {
                settings.wrong(place, Masking.excerpt(assignment), "has no value; write -c redis.timeout='2 s'");
            } else {
                set(
                        assignment.substring(0, equals).strip(),
                        assignment.substring(equals + 1).strip(),
                        place,
                        settings);
            }
        }
    }

    private static void set(String path, String text, Origin place, Settings settings) {
        Option option = Options.BY_PATH.get(path);
        Written written = new Written(text, place);
        if (option instanceof Single<?> single) {
            settings.set(single, written);
        } else if (option instanceof Names sinks) {
            settings.set(sinks, items(text, place), place);
        } else if (option instanceof Properties) {
            settings.wrong(place, path, "is set one property at a time: -c " + path + ".NAME=VALUE");
        } else {
            Options.ALL.stream()
                    .filter(each -> each instanceof Properties
                            && path.startsWith(each.path() + ".")
                            && path.length() > each.path().length() + 1)
                    .findFirst()
                    .ifPresentOrElse(
                            each -> settings.set(
                                    (Properties) each,
                                    path.substring(each.path().length() + 1),
                                    written),
                            () -> settings.wrong(place, Masking.excerpt(path), Unknown.onCommandLine(path)));
        }
    }

    /** {@code redis,solr}, or as in the file {@code [redis, solr]}. */
    private static List<Written> items(String text, Origin place) {
        String list = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        return list.isBlank()
                ? List.of()
                : Arrays.stream(list.split(",", -1))
                        .map(item -> new Written(item.strip(), place))
                        .toList();
    }
}
