package org.offerstorm.dashboard.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The system's Chromium, as all tests of pages start it: nothing is downloaded, and nothing goes to another host. Its path is
 * the property {@code offerstorm.chromium}.
 */
public final class Chromium {
    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run");

    /** Of what must come; five seconds, as Playwright has it, are few for a busy machine. */
    private static final double PATIENCE_MILLIS = 60_000;

    private Chromium() {}

    /** The driver, which closes its browsers when it is closed. */
    public static Playwright driver() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        return Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    }

    /** A browser with these arguments besides. */
    public static Browser launch(Playwright driver, String... more) {
        return driver.chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(System.getProperty("offerstorm.chromium", "/usr/bin/chromium")))
                        .setArgs(Stream.concat(ARGUMENTS.stream(), Stream.of(more))
                                .toList()));
    }
}
