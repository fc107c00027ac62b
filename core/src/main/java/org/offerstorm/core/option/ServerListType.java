package org.offerstorm.core.option;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.offerstorm.core.text.PlainText;

/** Kafka's {@code host:port,host:port}. */
public final class ServerListType implements ValueType<String> {
    private static final Pattern SERVER =
            Pattern.compile("(?:[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9.])?|\\[[0-9A-Fa-f:.]+]):(?<port>\\d{1,5})");

    @Override
    public String parse(String text) {
        String[] servers = text.split(",", -1);
        for (String server : servers) {
            Matcher matcher = SERVER.matcher(server.strip());
            if (!matcher.matches()
                    || Integer.parseInt(matcher.group("port")) < 1
                    || Integer.parseInt(matcher.group("port")) > 65_535) {
                throw new IllegalArgumentException("'" + PlainText.excerpt(server.strip())
                        + "' is not a server; write host:port, several separated by commas, ports 1 to 65535");
            }
        }
        return Arrays.stream(servers).map(String::strip).collect(java.util.stream.Collectors.joining(","));
    }

    @Override
    public String allowed() {
        return "host:port, several separated by commas";
    }
}
