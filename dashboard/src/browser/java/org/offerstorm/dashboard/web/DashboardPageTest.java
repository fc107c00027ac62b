package org.offerstorm.dashboard.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;

/**
 * The page in Chromium, over a real Redis that the real sink writes. Every test also passes only without a word on the
 * browser's console and without a request to another host.
 */
class DashboardPageTest {
    private static final LocatorAssertions.HasTextOptions PATIENT = new LocatorAssertions.HasTextOptions().setTimeout(20_000);
    private static final String TECH = "Software & Data";

    private static Playwright playwright;
    private static Browser browser;

    @TempDir
    Path directory;

    private final List<String> console = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private DashboardFixture fixture;
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void launch() {
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
        fixture = new DashboardFixture(
                directory,
                "triggers.rules.tech-europe=count(Software & Data, EU) > 40",
                "triggers.rules.africa-quiet=rate(*, AF) == 0 for 10m");
        Samples.write(fixture);
        open(new Browser.NewContextOptions().setViewportSize(1440, 900), "");
    }

    @AfterEach
    void end() throws IOException {
        context.close();
        fixture.close();
    }

    @Test
    void an_offer_that_is_counted_shows_in_its_cell_marked_by_arrow_and_number() throws IOException {
        Locator cell = cell(TECH, "EU");
        int before = Integer.parseInt(cell.locator(".n").textContent());
        int total = number("#total");

        fixture.offers().writeOne(Cell.of(TECH, Continent.EU));

        assertThat(cell.locator(".d")).hasText("▲1"); // first, since the mark goes after some seconds
        assertThat(cell.locator(".n")).hasText(Integer.toString(before + 1));
        assertThat(page.locator("#feed li").first()).containsText(TECH);
        assertThat(number("#total")).isEqualTo(total + 1);
        assertSums();
        endsQuietly();
    }

    @Test
    void a_click_on_the_map_filters_table_feed_and_figures_and_stands_in_the_address() {
        int europe = Integer.parseInt(page.locator("tfoot td[data-column=EU] .n").textContent());

        page.locator(".land[data-continent=EU]").dispatchEvent("click");

        assertThat(page.locator("#total")).hasText(Integer.toString(europe));
        assertThat(page.locator("th[data-column=AS]")).hasAttribute("data-off", "true");
        assertThat(page.locator("th[data-column=EU]")).hasAttribute("data-off", "false");
        for (String where : page.locator("#feed .where").allTextContents()) {
            assertThat(where).isEqualTo("Europe");
        }
        assertThat(page).hasURL(Pattern.compile("\\?continent=EU$"));
        assertSums();

        page.reload();
        assertThat(page.locator("#total")).hasText(Integer.toString(europe));
        page.locator("#chips button").click();
        assertThat(page.locator("#chips")).containsText("all categories");
        endsQuietly();
    }

    @Test
    void pointing_at_a_continent_brings_it_forward_everywhere() {
        page.locator("#continents button[data-continent=AF]").hover();

        assertThat(page.locator("th[data-column=AF]")).hasAttribute("data-pointed", "true");
        assertThat(page.locator("th[data-column=EU]")).hasAttribute("data-back", "true");
        assertThat(page.locator(".land[data-continent=AF]")).hasAttribute("data-pointed", "true");
        assertThat(page.locator("#pace-title")).containsText("Africa");
        assertThat(page.locator("#feed li").filter(new Locator.FilterOptions().setHasText("Asia")).first())
                .hasAttribute("data-back", "true");
        page.locator("h1").hover();
        assertThat(page.locator("th[data-column=EU]")).hasAttribute("data-back", "false");
        assertThat(page.locator("#pace-title")).containsText("New");
        endsQuietly();
    }

    @Test
    void redis_goes_stale_is_said_in_words_and_the_page_goes_on_by_itself() throws IOException {
        assertThat(page.locator("#freshness")).containsText("data as of");

        fixture.stopRedis();
        assertThat(page.locator("#freshness-word")).hasText(Pattern.compile("Stale since \\d\\d:\\d\\d:\\d\\d"), PATIENT);
        assertThat(page.locator("#freshness-detail")).containsText("Redis does not answer");
        int total = number("#total");
        assertThat(total).as("what was known stays").isPositive();

        fixture.startRedis();
        assertThat(page.locator("#freshness-word")).hasText("Live", PATIENT);
        fixture.offers().writeOne(Cell.of(TECH, Continent.EU));
        assertThat(page.locator("#total")).hasText(Pattern.compile("[\\d,]+"), PATIENT);
        page.waitForCondition(() -> number("#total") == total + 1);
        endsQuietly();
    }

    @Test
    void the_server_goes_and_comes_back_and_nothing_was_missed() throws IOException {
        int total = number("#total");

        fixture.restartDashboard(() -> {
            assertThat(page.locator("#freshness-word")).hasText(Pattern.compile("Stale since.*"), PATIENT);
            fixture.offers().writeOne(Cell.of(TECH, Continent.EU));
        });

        assertThat(page.locator("#freshness-word")).hasText("Live", PATIENT);
        page.waitForCondition(() -> number("#total") == total + 1);
        assertThat(page.locator("#feed li").first()).containsText(TECH);
        assertThat(console)
                .allMatch(line -> line.contains("ERR_CONNECTION_REFUSED")
                        || line.contains("ERR_CONNECTION_RESET")
                        || line.contains("ERR_INCOMPLETE"));
    }

    @Test
    void numbers_switch_to_shares_and_changes_and_rows_sort() {
        page.locator("[data-unit=share]").click();
        assertThat(page.locator("tfoot td[data-column=total] .n")).hasText("100.0%");
        page.locator("[data-unit=change]").click();
        assertThat(page.locator("tfoot td[data-column=total] .n")).hasText(Pattern.compile("\\+[\\d,]+"));
        page.locator("[data-unit=count]").click();

        page.locator("th[data-column=category] button").click();
        assertThat(page.locator("th[data-column=category]")).hasAttribute("aria-sort", "ascending");
        List<String> names = page.locator("tbody th").allTextContents();
        assertThat(names).isSortedAccordingTo(java.text.Collator.getInstance(java.util.Locale.ENGLISH));
        endsQuietly();
    }

    @Test
    void the_keyboard_reaches_everything() {
        page.keyboard().press("Tab");
        assertThat(page.locator(".skip")).isFocused();
        page.locator(".land[data-continent=AF]").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#chips")).containsText("Africa");
        page.keyboard().press("Escape");
        assertThat(page.locator("#chips")).containsText("all categories");
        page.locator("tbody th button").first().focus();
        page.keyboard().press("Space");
        assertThat(page.locator("tbody th button").first()).hasAttribute("aria-pressed", "true");
        page.locator("#pause").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#pause")).hasAttribute("aria-pressed", "true");
        int focusable = page.locator("a[href], button, [tabindex='0']").count();
        assertThat(focusable).isGreaterThan(30);
        endsQuietly();
    }

    @Test
    void the_feed_does_not_move_while_it_is_paused() throws IOException {
        page.locator("#pause").click();
        String first = page.locator("#feed li").first().getAttribute("data-id");

        fixture.offers().writeOne(Cell.of(TECH, Continent.OC));

        assertThat(page.locator("#pause")).hasText("Go on (1 new)");
        assertThat(page.locator("#feed li").first()).hasAttribute("data-id", first);
        page.locator("#pause").click();
        assertThat(page.locator("#feed li").first()).containsText("Oceania");
        endsQuietly();
    }

    @Test
    void names_from_outside_are_text_wherever_they_stand() throws IOException {
        String name = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> \u202Ecba";
        fixture.offers().writeOne(Cell.of(name, Continent.SA));

        Locator row = page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText("<script>alert(1)"));
        assertThat(row).hasCount(1);
        row.locator("th button").click();
        assertThat(page.locator("#chips")).containsText(name);
        assertThat(page.locator("#feed")).containsText(name);
        assertThat(page.locator("main img, main script")).hasCount(0);
        page.reload();
        assertThat(page.locator("#chips")).containsText(name);
        endsQuietly();
    }

    @Test
    void what_is_shown_is_what_is_exported() throws IOException {
        fixture.offers().writeOne(Cell.of("=HYPERLINK(\"x\"), y", Continent.EU));
        assertThat(page.locator("tbody")).containsText("=HYPERLINK");
        page.locator(".land[data-continent=EU]").dispatchEvent("click");
        assertThat(page.locator("#chips")).containsText("Europe");
        int total = number("#total");

        Download csv = page.waitForDownload(() -> page.locator("#export-csv").click());
        List<String> lines = Files.readAllLines(csv.path());

        assertThat(lines.get(0)).isEqualTo("category,EU,total");
        assertThat(lines.get(lines.size() - 1)).isEqualTo("Total," + total + "," + total);
        assertThat(lines).contains("\"'=HYPERLINK(\"\"x\"\"), y\",1,1");
        Download json = page.waitForDownload(() -> page.locator("#export-json").click());
        assertThat(Files.readString(json.path())).contains("\"unit\": \"count\"", "\"continent\": \"EU\"", "\"total\": " + total);
        endsQuietly();
    }

    @Test
    void triggers_show_how_they_stand() throws IOException {
        assertThat(page.locator("#trigger-list li")).hasCount(2);
        for (int i = 0; i < 45; i++) {
            fixture.offers().writeOne(Cell.of(TECH, Continent.EU));
        }

        assertThat(page.locator("#trigger-list li").first()).containsText("fired");
        endsQuietly();
    }

    @Test
    void dark_light_and_still_as_the_system_says_and_as_the_viewer_chooses() {
        String light = background();
        reopen(new Browser.NewContextOptions()
                .setColorScheme(ColorScheme.DARK)
                .setReducedMotion(ReducedMotion.REDUCE), "");
        String dark = background();

        assertThat(dark).isNotEqualTo(light);
        assertThat(page.locator(".lamp").evaluate("lamp => getComputedStyle(lamp).animationName"))
                .isEqualTo("none");
        page.locator("#theme").click();
        // Drawn in the next frame, not at once.
        assertThat(page.locator("html")).hasAttribute("data-theme", "light");
        assertThat(background()).isEqualTo(light);
        assertThat(page).hasURL(Pattern.compile("theme=light"));
        endsQuietly();
    }

    @Test
    void nothing_jumps_when_numbers_change() throws IOException {
        page.evaluate("""
                () => {
                  window.shift = 0;
                  new PerformanceObserver((list) => {
                    for (const entry of list.getEntries()) {
                      // The feed moves on by its nature.
                      const moved = entry.sources.filter(({ node }) => node && !(node.closest ? node : node.parentElement).closest('#feed'));
                      if (moved.length) window.shift += entry.value;
                    }
                  }).observe({ type: 'layout-shift' });
                }""");
        for (int i = 0; i < 10; i++) {
            for (Continent continent : Continent.values()) {
                fixture.offers().writeOne(Cell.of(TECH, continent));
                fixture.offers().writeOne(Cell.of("Sales", continent));
            }
            page.waitForTimeout(150);
        }

        assertThat(((Number) page.evaluate("() => window.shift")).doubleValue()).isLessThan(0.02);
        endsQuietly();
    }

    @Test
    void nothing_is_cut_off_from_a_phone_to_a_wall() throws IOException {
        for (int[] size : new int[][] {{360, 740}, {768, 1024}, {1280, 720}, {1920, 1080}, {3840, 2160}}) {
            reopen(new Browser.NewContextOptions().setViewportSize(size[0], size[1]), "");
            assertThat((Boolean) page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
                    .as("no sideways scrolling at " + size[0])
                    .isTrue();
        }
        endsQuietly();
    }

    @Test
    void hundreds_of_categories_are_drawn() throws IOException {
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            for (Continent continent : Continent.values()) {
                cells.add(Cell.of("Category number " + i, continent));
            }
        }
        for (int from = 0; from < cells.size(); from += 800) {
            fixture.offers().writeNew(cells.subList(from, from + 800), System.currentTimeMillis());
        }
        assertThat(page.locator("tbody tr")).hasCount(411);

        System.out.println("half of the draws of 411 rows take less than " + page.evaluate("""
                async () => {
                  const matrix = await import(new URL('matrix.js', document.querySelector('script[type=module]').src).href);
                  const times = [];
                  for (let i = 0; i < 20; i++) {
                    const start = performance.now();
                    matrix.draw();
                    times.push(performance.now() - start);
                  }
                  return times.sort((a, b) => a - b)[10];
                }""") + " ms");
        assertSums();
        endsQuietly();
    }

    /** WCAG 2.2, 1.4.3: a ratio of 4.5 to 1. */
    @Test
    void every_text_stands_out_from_its_ground_in_light_and_dark() throws IOException {
        Samples.more(fixture, 9);
        for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            reopen(
                    new Browser.NewContextOptions()
                            .setColorScheme(colours)
                            .setReducedMotion(ReducedMotion.REDUCE)
                            .setViewportSize(1600, 940),
                    "");
            assertThat((List<?>) page.evaluate("""
                    () => {
                      const light = (colour) => {
                        const [r, g, b] = colour.match(/[0-9.]+/g).map((n) => n / 255).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
                        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
                      };
                      const ground = (node) => {
                        for (let at = node; at; at = at.parentElement) {
                          const colour = getComputedStyle(at).backgroundColor;
                          if (!/, 0\\)$/.test(colour)) return colour;
                        }
                      };
                      const weak = new Set();
                      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                      while (texts.nextNode()) {
                        const node = texts.currentNode.parentElement;
                        if (!texts.currentNode.data.trim() || node.closest('svg, [hidden], .unseen')) continue;
                        const [a, b] = [light(getComputedStyle(node).color), light(ground(node))].sort((x, y) => y - x);
                        const ratio = (a + 0.05) / (b + 0.05);
                        if (ratio < 4.5) weak.add(`${ratio.toFixed(2)} ${node.tagName}.${node.className} ${node.closest('[data-level]')?.dataset.level ?? ''} '${texts.currentNode.data.trim().slice(0, 20)}'`);
                      }
                      return [...weak];
                    }"""))
                    .as(colours.name())
                    .isEmpty();
        }
    }

    /** The README's pictures. */
    @Test
    void screenshots() throws IOException {
        Path images = Path.of(System.getProperty("offerstorm.root"), "docs", "images");
        Files.createDirectories(images);
        page.waitForTimeout(11_000); // until the hours before are on the page
        shoot(images.resolve("dashboard-light.png"), 1600, 940, ColorScheme.LIGHT, "");
        shoot(images.resolve("dashboard-dark.png"), 1600, 940, ColorScheme.DARK, "");
        shoot(images.resolve("dashboard-filter.png"), 1600, 940, ColorScheme.LIGHT, "?continent=EU&unit=share");
        shoot(images.resolve("dashboard-phone.png"), 390, 844, ColorScheme.DARK, "");
    }

    private void shoot(Path file, int width, int height, ColorScheme colours, String query) throws IOException {
        reopen(new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(colours), query);
        Samples.more(fixture, 9);
        page.waitForTimeout(900);
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
        assertThat(Files.size(file)).as(file + " is small enough for a repository").isLessThan(300_000);
    }

    private void reopen(Browser.NewContextOptions options, String query) {
        context.close();
        open(options, query);
    }

    private void open(Browser.NewContextOptions options, String query) {
        context = browser.newContext(options.setLocale("en-GB"));
        page = context.newPage();
        page.onConsoleMessage(message -> console.add(message.text()));
        page.onPageError(console::add);
        page.onDialog(dialog -> console.add("dialog: " + dialog.message()));
        page.onRequest(request -> requests.add(request.url()));
        page.navigate(fixture.url() + query);
        assertThat(page.locator("#total")).hasText(Pattern.compile("[\\d,]+"));
        assertThat(page.locator(".land")).hasCount(7);
        assertThat(page.locator("#feed li .by").first()).isVisible();
    }

    private void endsQuietly() {
        assertThat(console).isEmpty();
        assertThat(requests).allMatch(url -> url.startsWith(fixture.url()) || url.startsWith("blob:" + fixture.url()));
    }

    /** Each row, each column and the total, as the page shows them. */
    private void assertSums() {
        String sums = (String) page.evaluate("""
                () => {
                  const n = (td) => Number(td.querySelector('.n').textContent.replace(/[^0-9]/g, '') || 0);
                  const shown = (td) => td.dataset.off !== 'true';
                  const rows = [...document.querySelectorAll('tbody tr')].map((row) => [...row.querySelectorAll('td[data-column]')]);
                  let all = 0;
                  for (const cells of rows) {
                    const sum = cells.slice(0, -1).filter(shown).reduce((a, td) => a + n(td), 0);
                    if (sum !== n(cells.at(-1))) return `row sums to ${sum}, shows ${n(cells.at(-1))}`;
                    all += sum;
                  }
                  const foot = [...document.querySelectorAll('tfoot td[data-column]')];
                  if (all !== n(foot.at(-1))) return `table sums to ${all}, shows ${n(foot.at(-1))}`;
                  const columns = foot.slice(0, -1).filter(shown).reduce((a, td) => a + n(td), 0);
                  return columns === all ? 'fine' : `columns sum to ${columns}, not ${all}`;
                }""");
        assertThat(sums).isEqualTo("fine");
    }

    private Locator cell(String category, String continent) {
        return page.locator("tbody tr")
                .filter(new Locator.FilterOptions().setHasText(category))
                .locator("td[data-column=" + continent + "]");
    }

    private int number(String selector) {
        return Integer.parseInt(page.locator(selector).textContent().replace(",", ""));
    }

    private String background() {
        return (String) page.evaluate("() => getComputedStyle(document.documentElement).backgroundColor");
    }
}
