package org.offerstorm.tools.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.offerstorm.core.config.DashboardConfig;
import org.offerstorm.core.option.ValueType;
import org.offerstorm.core.text.PlainText;

/** Addresses of workers, the path of a file that lists them, or none. Any thread. */
public final class WorkersType implements ValueType<String> {
    private static final Pattern ADDRESS =
            Pattern.compile("(?:[A-Za-z0-9][A-Za-z0-9._-]{0,252}|\\[[0-9A-Fa-f:.]+]):(\\d{1,5})");
    private static final int LAST_PORT = 65_535;

    @Override
    public String parse(String text) {
        if (text.equals(DashboardConfig.NO_WORKERS)) {
            return text;
        }
        if (DashboardConfig.isFile(text)) {
            if (text.codePoints().anyMatch(Character::isISOControl)) {
                throw wrong(text);
            }
            return text;
        }
        List<String> addresses = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher address = ADDRESS.matcher(part.strip());
            if (!address.matches() || Integer.parseInt(address.group(1)) > LAST_PORT) {
                throw wrong(part.strip());
            }
            addresses.add(part.strip());
        }
        return String.join(",", addresses);
    }

    private IllegalArgumentException wrong(String part) {
        return new IllegalArgumentException(
                "'" + PlainText.excerpt(part) + "' is not an address of a worker; write " + allowed());
    }

    @Override
    public String allowed() {
        return "host:port, several separated by commas; the path of a .json file of targets; or "
                + DashboardConfig.NO_WORKERS;
    }
}
