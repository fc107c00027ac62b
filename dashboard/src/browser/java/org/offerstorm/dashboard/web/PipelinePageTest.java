package org.offerstorm.dashboard.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.dashboard.pipeline.FakeWorker;
import org.offerstorm.local.servers.testing.KafkaFixture;
import org.offerstorm.sinks.redis.Redis;

/** The page Pipeline in Chromium, over a worker that does what the test says and a Redis. */
class PipelinePageTest {
    private static final String HOSTILE = "<img src=x onerror=alert(1)> & \"quotes\"";

    @TempDir
    static Path directory;

    private static Playwright playwright;
    private static Browser browser;
    private static FakeWorker worker;
    private static KafkaFixture kafka;
    private static ScheduledExecutorService stream;
    private static DashboardFixture fixture;
    private static String axe;

    private final List<String> console = new ArrayList<>();
    private Page page;

    @BeforeAll
    static void launch() throws Exception {
        try (InputStream in = PipelinePageTest.class.getResourceAsStream("/axe.min.js")) {
            axe = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        kafka = new KafkaFixture(directory.resolve("kafka"));
        kafka.create("offers", 2);
        kafka.produce(new SourceConfig(kafka.servers(), "offers", "group", 1, Map.of()), 2, 0, 1_425);
        worker = new FakeWorker();
        stream = Executors.newSingleThreadScheduledExecutor();
        var unused = stream.scheduleAtFixedRate(() -> worker.passes(240), 0, 200, TimeUnit.MILLISECONDS);
        Path history = directory.resolve("history.json");
        Files.writeString(history, yesterday());
        fixture = new DashboardFixture(
                directory,
                "sinks=redis",
                "source.bootstrap-servers=" + kafka.servers(),
                "dashboard.workers=" + worker.address(), "dashboard.history-file=" + history);
        Samples.write(fixture);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> fixture.json("api/storage").at("/offers/live").asLong() > 0
                        && fixture.json("api/storage").at("/stores/0/state").asText().equals("known")
                        && fixture.json("api/pipeline").at("/steps/4/p99").asDouble() > 0);
        playwright = Chromium.driver();
        browser = Chromium.launch(playwright);
    }

    /** A day as the dashboard writes it, with a quiet night and an hour of which nothing is known. */
    private static String yesterday() {
        long newest = System.currentTimeMillis() / 60_000 - 1;
        StringJoiner rates = new StringJoiner(",");
        StringJoiner lags = new StringJoiner(",");
        StringJoiner latencies = new StringJoiner(",");
        StringJoiner memory = new StringJoiner(",");
        for (int i = 0; i < 1_440; i++) {
            boolean unknown = i > 700 && i < 760;
            double wave = 700 + 500 * Math.sin(i / 229.0) + 60 * Math.sin(i * 1.7);
            rates.add(unknown ? "null" : String.format(Locale.ROOT, "%.1f", Math.max(0, wave)));
            lags.add(unknown ? "null" : Long.toString(i > 1_000 && i < 1_040 ? (i - 1_000) * 900L : i % 40));
            latencies.add(unknown ? "null" : i > 1_000 && i < 1_050 ? "30" : i % 9 == 0 ? "1" : "0.5");
            memory.add(unknown ? "null" : Long.toString(2_000_000L + i * 350L));
        }
        StringJoiner series = new StringJoiner(",");
        Map.of(
                        "pipeline.rate", rates,
                        "pipeline.redis.rate", rates,
                        "pipeline.lag", lags,
                        "pipeline.latency", latencies,
                        "storage.redis.used_memory_bytes", memory)
                .forEach((name, values) -> series.add(
                        "\"" + name + "\":{\"newest\":" + newest + ",\"values\":[" + values + "]}"));
        return "{\"schema\":1,\"series\":{" + series + "}}";
    }

    @AfterAll
    static void quit() throws IOException {
        playwright.close();
        stream.shutdownNow();
        fixture.close();
        worker.close();
        kafka.close();
    }

    @AfterEach
    void end() {
        page.context().close();
        worker.text(Redis.KIND.component(), TopologyNames.METRIC_PROBLEM, null);
        assertThat(console).isEmpty();
    }

    @Test
    void each_step_has_its_figures_and_the_page_fits_light_dark_and_on_a_phone() throws Exception {
        worker.number(TopologyNames.PARSE, TopologyNames.METRIC_REJECTED, 12)
                .number(TopologyNames.PARSE, "dead-letters/parse/bad_json", 12);
        open(1440, 1000, ColorScheme.LIGHT);
        page.locator(".pages a", new Page.LocatorOptions().setHasText("Search")).waitFor();
        assertThat(page.locator("#verdict")).hasText(Pattern.compile("All is well: [\\d,.]+ records a second"));
        assertThat(page.locator(".step")).hasCount(8); // the worker has two sinks more than the configuration
        assertThat(step("redis")).containsText("written a second");
        assertThat(step("redis")).containsText("≤ 100 ms");
        assertThat(step("redis")).containsText("≤ 1 s");
        assertThat(step("dead-letters")).containsText("bad json");
        assertThat(page.locator("#arrows path")).hasCount(7);
        assertThat(page.locator("#day-lag .most")).hasText(Pattern.compile("at most 3\\d,\\d{3}"));
        // The day's minutes are full, but for those that have passed since the test began.
        assertThat(page.locator("#stores li[data-store=redis]"))
                .containsText(Pattern.compile("a month \\(by the last 23 h 5\\d min\\)"));
        assertThat(page.locator("#stores li[data-store=redis] summary")).hasCount(1);
        assertThat(page.locator("#offers")).containsText("live offers");
        assertThat(step("kafka")).containsText("1,425");
        for (ColorScheme scheme : new ColorScheme[] {ColorScheme.DARK, ColorScheme.LIGHT}) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            picture("pipeline-" + scheme.name().toLowerCase(Locale.ROOT));
            accessible();
        }
        page.setViewportSize(390, 844);
        picture("pipeline-phone");
        accessible();
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
    }

    @Test
    void a_sink_that_holds_is_named_with_its_reason_as_text() {
        worker.text(Redis.KIND.component(), TopologyNames.METRIC_PROBLEM, HOSTILE);
        open(1440, 1000, ColorScheme.LIGHT);
        assertThat(step("redis")).hasAttribute("data-state", "holding");
        assertThat(step("redis").locator(".word")).hasText("Holding");
        assertThat(step("redis").locator(".why")).containsText(HOSTILE);
        assertThat(page.locator("#verdict")).containsText("Redis");
        assertThat(page.locator("#troubles")).containsText("Redis: holding");
        assertThat(page.locator("#troubles img")).hasCount(0);
        picture("pipeline-away");
        accessible();

        worker.text(Redis.KIND.component(), TopologyNames.METRIC_PROBLEM, null);
        assertThat(step("redis")).hasAttribute("data-state", "fine");
    }

    private com.microsoft.playwright.Locator step(String id) {
        return page.locator(".step[data-step=" + id + "]");
    }

    private void open(int width, int height, ColorScheme scheme) {
        page = browser.newContext(new Browser.NewContextOptions()
                        .setViewportSize(width, height)
                        .setLocale("en-GB")
                        .setColorScheme(scheme))
                .newPage();
        page.onConsoleMessage(message -> console.add(message.text()));
        page.onPageError(console::add);
        page.navigate(fixture.url());
        page.locator(".pages a", new Page.LocatorOptions().setHasText("Pipeline")).click();
        assertThat(page).hasURL(Pattern.compile("/pipeline$"));
        assertThat(page.locator("#freshness-word")).hasText("Live");
    }

    private void accessible() {
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
        page.evaluate(axe);
        assertThat((List<?>) page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations"
                        + ".map((found) => found.id + ': ' + found.nodes.map((node) => node.target).join(' | '))"))
                .isEmpty();
    }

    /** The pictures of the documentation. */
    private void picture(String name) {
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of(System.getProperty("offerstorm.root"), "docs", "images", name + ".png")));
    }
}
