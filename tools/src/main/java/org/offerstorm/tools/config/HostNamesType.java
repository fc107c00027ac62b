package org.offerstorm.tools.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.offerstorm.core.config.DashboardConfig;
import org.offerstorm.core.option.ValueType;
import org.offerstorm.core.text.PlainText;

/** Names of hosts as a browser sends them in {@code Host}, without port, or none. There is no wildcard. */
final class HostNamesType implements ValueType<String> {
    private static final Pattern NAME = Pattern.compile(
            "(?:[a-z0-9](?:[a-z0-9_-]{0,62}\\.)*[a-z0-9_-]{0,62}|\\[[0-9a-f:.]+])", Pattern.CASE_INSENSITIVE);
    private static final int LONGEST = 253;

    @Override
    public String parse(String text) {
        if (text.equals(DashboardConfig.NO_HOSTS)) {
            return text;
        }
        List<String> names = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String name = part.strip();
            if (name.length() > LONGEST || !NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "'" + PlainText.excerpt(name) + "' is not a host name; write " + allowed());
            }
            names.add(name.toLowerCase(Locale.ROOT));
        }
        return String.join(",", names);
    }

    @Override
    public String allowed() {
        return "names without port, several separated by commas, or " + DashboardConfig.NO_HOSTS;
    }
}
