package org.offerstorm.dashboard.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;

/** The past on the live page, in Chromium: the slider, the switch, and the badge that says who answers and how old it is. */
class LakePageTest {
    private static final String TECH = "Software & Data";

    private static Playwright playwright;
    private static Browser browser;
    private static String axe;

    @TempDir
    Path directory;

    private final List<String> console = new ArrayList<>();
    private FakeLake lake;
    private DashboardFixture fixture;
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void launch() throws IOException {
        try (InputStream in = LakePageTest.class.getResourceAsStream("/axe.min.js")) {
            axe = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        playwright = Chromium.driver();
        browser = Chromium.launch(playwright);
    }

    @AfterAll
    static void quit() {
        if (playwright != null) {
            playwright.close();
        }
    }

    @BeforeEach
    void start() throws IOException {
        lake = new FakeLake();
        fixture = new DashboardFixture(directory, "lake.serve-url=" + lake.url());
        Samples.write(fixture);
        open(new Browser.NewContextOptions().setViewportSize(1440, 900), "");
    }

    @AfterEach
    void end() throws IOException {
        context.close();
        fixture.close();
        lake.close();
    }

    @Test
    void the_slider_goes_into_the_past_by_keyboard_and_the_badge_says_who_answers() throws IOException {
        Locator slider = page.getByRole(AriaRole.SLIDER, new Page.GetByRoleOptions().setName("As it was"));
        assertThat(slider).hasAttribute("aria-valuetext", "now");
        assertBadge("Live", "Redis, data as of .*");
        int live = number("#total");

        slider.focus();
        page.keyboard().press("PageDown");
        assertBadge("History", "the lake, published 2 min ago");
        assertThat(page.locator("#total-label")).hasText("Live offers then");
        assertThat(slider).hasAttribute("aria-valuetext", Pattern.compile("\\d+ \\w+ 20\\d\\d,? (at )?\\d\\d:00 UTC"));
        assertThat(page).hasURL(Pattern.compile("\\?at=20\\d\\d-\\d\\d-\\d\\dT\\d\\d%3A00Z$"));
        int then = number("#total");
        assertThat(then).isBetween(2, 1 + FakeLake.DAYS);
        assertThat(page.locator("tbody tr")).hasCount(2);

        fixture.offers().writeOne(Cell.of(TECH, Continent.EU)); // the past does not change
        assertThat(page.locator("#feed li").first()).containsText(TECH);
        assertThat(number("#total")).isEqualTo(then);
        assertThat(page.locator("td[data-mark=up]")).hasCount(0);

        page.reload();
        assertBadge("History", "the lake, published 2 min ago");
        assertThat(page.locator("#total")).hasText(Integer.toString(then));

        page.locator("#at").focus();
        page.keyboard().press("End");
        assertBadge("Live", "Redis, data as of .*");
        assertThat(page.locator("#total")).hasText(Integer.toString(live + 1));
        assertThat(page).hasURL(fixture.url());
        assertThat(console).isEmpty();
    }

    @Test
    void the_switch_asks_the_other_layers_and_what_is_shown_is_exported() throws IOException {
        page.locator("[data-layer=batch]").click();
        assertBadge("Batch", "the lake, published 2 min ago");
        assertThat(page.locator("#total")).hasText(Integer.toString(FakeLake.DAYS + 2));
        assertThat(page.locator("[data-layer=batch]")).hasAttribute("aria-pressed", "true");
        Download json = page.waitForDownload(() -> page.locator("#export-json").click());
        assertThat(Files.readString(json.path()))
                .contains("\"from\": \"batch\"", "\"countedTo\": \"1;0:275\"", "\"total\": " + (FakeLake.DAYS + 2));

        page.locator("[data-layer=merged]").click();
        assertBadge("Merged", "the lake, published 2 min ago, and what is staged after it");
        assertThat(page).hasURL(Pattern.compile("\\?layer=merged$"));

        page.locator("[data-layer=live]").click();
        assertBadge("Live", "Redis, data as of .*");
        assertThat(page.locator("tbody tr")).hasCount(11);
        assertThat(console).isEmpty();
    }

    @Test
    void a_lake_that_goes_away_is_said_in_words_and_the_live_table_does_not_pass_for_its_answer() {
        lake.say(503, "");
        page.locator("[data-layer=batch]").click();

        assertBadge("No answer", "the lake does not answer; the dashboard's log has the reason");
        assertThat(page.locator("tbody tr")).hasCount(0);
        assertThat(page.locator("#total")).hasText("–");
        assertThat(page.locator("#empty")).isHidden();

        lake.recover();
        page.locator("[data-layer=merged]").click();
        assertBadge("Merged", "the lake, published .* ago, and what is staged after it");
        assertThat(console).allMatch(line -> line.contains("503"));
    }

    @Test
    void without_a_lake_there_is_no_slider(@TempDir Path other) throws IOException {
        try (DashboardFixture alone = new DashboardFixture(other)) {
            Samples.write(alone);
            page.navigate(alone.url() + "?at=2026-11-01T00:00Z");
            page.waitForResponse(Pattern.compile("/api/rates"), () -> page.reload());
            assertThat(page.locator("#total")).hasText(Pattern.compile("[1-9][\\d,]*"));
            assertThat(page.locator("#when")).isHidden();
            assertThat(page).hasURL(alone.url());
        }
        assertThat(console).isEmpty();
    }

    /** WCAG 2.2 as far as a program can check it; and no sideways scrolling. */
    @Test
    void it_can_be_used_on_a_phone_and_in_the_dark_and_is_pictured() throws IOException {
        Path images = Files.createDirectories(Path.of("target", "images"));
        for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int[] size : new int[][] {{360, 740}, {768, 1024}, {1600, 940}, {3840, 2160}}) {
                context.close();
                open(
                        new Browser.NewContextOptions()
                                .setViewportSize(size[0], size[1])
                                .setReducedMotion(ReducedMotion.REDUCE)
                                .setColorScheme(colours),
                        "");
                page.locator("#at").focus();
                page.keyboard().press("PageDown");
                assertBadge("History", "the lake, published .* ago");
                assertThat((Boolean) page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
                        .as("no sideways scrolling at " + size[0])
                        .isTrue();
                double height = ((Number) page.locator("#at").evaluate("node => node.getBoundingClientRect().height"))
                        .doubleValue();
                assertThat(height).as("room for a finger").isGreaterThanOrEqualTo(24);
                page.evaluate(axe);
                assertThat((List<?>) page.evaluate("""
                                async () => (await axe.run('#when', {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']}))
                                  .violations.map((found) => `${found.id}: ${found.nodes.map((node) => node.html).join(' ')}`)"""))
                        .isEmpty();
                page.screenshot(new Page.ScreenshotOptions()
                        .setPath(images.resolve("past-" + colours.name().toLowerCase(Locale.ROOT) + "-" + size[0]
                                + ".png")));
            }
        }
        assertThat(console).isEmpty();
    }

    private void assertBadge(String word, String detail) {
        assertThat(page.locator("#badge-word")).hasText(word);
        assertThat(page.locator("#badge-detail")).hasText(Pattern.compile(detail));
    }

    private int number(String selector) {
        return Integer.parseInt(page.locator(selector).textContent().replace(",", ""));
    }

    private void open(Browser.NewContextOptions options, String query) {
        context = browser.newContext(options.setLocale("en-GB"));
        page = context.newPage();
        page.onConsoleMessage(message -> console.add(message.text()));
        page.onPageError(console::add);
        page.navigate(fixture.url() + query);
        assertThat(page.locator("#total")).hasText(Pattern.compile("[\\d,]+"));
        assertThat(page.locator("#when")).isVisible();
        assertThat(page.locator("#feed li .by").first()).isVisible();
    }
}
