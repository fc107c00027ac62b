package org.offerstorm.dashboard.storage;

import java.util.regex.Pattern;
import org.offerstorm.core.text.PlainText;

/** What went wrong, for everybody who sees the page: the first line, without where the servers are. That is in the log. */
public final class WithoutAddresses {
    private static final int LONGEST = 300;

    private static final Pattern ADDRESS = Pattern.compile(
            // a URL, a host with its port, and an IPv4 address
            "\\b[a-z][a-z0-9+]{1,14}://[^\\s,;)\"']*[^\\s,;:.)\"']"
                    + "|(?:\\[[0-9A-Fa-f:.]+\\]|\\b[A-Za-z0-9-]*[A-Za-z][A-Za-z0-9._-]*|\\b\\d{1,3}(?:\\.\\d{1,3}){3}):\\d{2,5}\\b"
                    + "|\\b\\d{1,3}(?:\\.\\d{1,3}){3}\\b");

    private WithoutAddresses() {}

    /** The text with … for each address. */
    public static String of(String reason) {
        return ADDRESS.matcher(PlainText.excerpt(PlainText.firstLine(reason), LONGEST))
                .replaceAll("…");
    }
}
