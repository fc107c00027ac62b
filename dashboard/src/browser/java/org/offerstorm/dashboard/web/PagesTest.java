package org.offerstorm.dashboard.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.dashboard.search.SampleSolr;

/**
 * All pages as one site, in Chromium: the ways between them, Back, colours, sizes of type, accessibility, and a proxy in
 * front. Every test also passes only without a word on the browser's console.
 */
class PagesTest {
    private static final String TECH = "Software & Data";
    private static final String LONG = "A category with a name that is far too long for a column ".repeat(3).strip();
    private static final String HEBREW = "תוכנה ונתונים (ישראל)";
    private static final int[][] SCREENS = {{360, 740}, {768, 1024}, {1280, 720}, {1500, 900}, {1920, 1080}, {3840, 2160}};
    /** The sample offers have the categories of the built-in table. */
    private static final String IN_SOLR = "Health";

    @TempDir
    static Path directory;

    private static Playwright playwright;
    private static Browser browser;
    private static SampleSolr solr;
    private static DashboardFixture fixture;
    private static String axe;

    private final List<String> console = new ArrayList<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    /** Questions to the search that are over. */
    private final AtomicInteger answered = new AtomicInteger();

    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void launch() throws Exception {
        try (InputStream in = PagesTest.class.getResourceAsStream("/axe.min.js")) {
            axe = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        solr = new SampleSolr(directory.resolve("solr"));
        fixture = new DashboardFixture(
                directory,
                "solr.url=" + solr.url(),
                "dashboard.path=/jobs/",
                "dashboard.hosts=jobs.example.org",
                "triggers.rules.tech-europe=count(Software & Data, EU) > 40");
        Samples.write(fixture);
        fixture.offers().writeOne(Cell.of(LONG, Continent.EU));
        fixture.offers().writeOne(Cell.of(HEBREW, Continent.AS));
        List<Cell> many = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            many.add(Cell.of(i % 2 == 0 ? "Sales" : "Category " + i % 50, List.of(Continent.values()).get(i % 7)));
        }
        fixture.offers().writeNew(many, System.currentTimeMillis());
        fixture.awaitTable();
        playwright = Chromium.driver();
        browser = Chromium.launch(playwright, "--host-resolver-rules=MAP jobs.example.org 127.0.0.1");
    }

    @AfterAll
    static void quit() throws IOException {
        if (playwright != null) {
            playwright.close();
        }
        fixture.close();
        solr.close();
    }

    @AfterEach
    void end() {
        if (context != null) {
            context.close();
        }
        assertThat(console).isEmpty();
    }

    // ── From the live page to the offers

    @Test
    void from_a_cell_to_its_offers_by_mouse() {
        open(screen(1440, 900), "");
        Locator cell = cell(IN_SOLR, "EU");

        cell.click();
        assertThat(page).hasURL(Pattern.compile("\\?continent=EU&category=Health$")); // a click still filters
        cell.locator("a").click();

        assertSearch("continent=EU", "category=Health");
        assertThat(page.locator("#chips li").first()).containsText(Pattern.compile("Health|Europe"));
        assertThat(page.locator("#results > li").first()).isVisible();
    }

    @Test
    void from_a_cell_to_its_offers_by_keyboard() {
        open(screen(1440, 900), "");
        row(IN_SOLR).locator("th button").focus();
        for (int i = 0; i < 4; i++) { // Africa, Antarctica, Asia, Europe
            page.keyboard().press("ArrowRight");
        }
        assertThat(cell(IN_SOLR, "EU")).isFocused();
        page.keyboard().press("Enter");
        assertThat(cell(IN_SOLR, "EU").locator("a")).isVisible();
        page.keyboard().press("Tab");
        assertThat(cell(IN_SOLR, "EU").locator("a")).isFocused();
        page.keyboard().press("Enter");

        assertSearch("continent=EU", "category=Health");
    }

    @Test
    void from_a_cell_and_a_map_area_to_the_offers_by_touch() {
        open(screen(390, 844).setHasTouch(true).setIsMobile(true), "");
        cell(IN_SOLR, "EU").scrollIntoViewIfNeeded();
        cell(IN_SOLR, "EU").tap();
        cell(IN_SOLR, "EU").locator("a").tap();
        assertSearch("continent=EU", "category=Health");

        page.goBack();
        assertThat(page.locator("#chips")).containsText("Europe");
        page.goBack();
        assertThat(page.locator("#chips")).containsText("all categories");
        page.locator(".land[data-continent=AF]").scrollIntoViewIfNeeded();
        page.locator(".land[data-continent=AF] .shape").tap(new Locator.TapOptions().setForce(true));
        assertThat(page.locator("#map-go")).containsText("Africa");
        page.locator("#map-go").tap();
        assertSearch("continent=AF");
    }

    @Test
    void from_a_row_a_column_and_a_continent_to_the_offers() {
        open(screen(1440, 900), "");
        row(IN_SOLR).locator("td[data-column=total] a").click();
        assertSearch("category=Health");

        page.goBack();
        page.locator("tfoot td[data-column=EU] a[href]").focus(); // before it leads somewhere it takes no focus
        page.keyboard().press("Enter");
        assertSearch("continent=EU");

        page.goBack();
        page.locator("#continents li", new Page.LocatorOptions().setHasText("Asia"))
                .locator("a")
                .click();
        assertSearch("continent=AS");

        page.goBack();
        row(IN_SOLR).locator("th button").click();
        page.locator("#chips a").click();
        assertSearch("category=Health");
    }

    @Test
    void total_that_is_zero_leads_nowhere() {
        open(screen(1440, 900), "?continent=EU");

        assertThat(page.locator("tfoot td[data-column=EU] a[href]")).hasCount(1);
        assertThat(page.locator("tfoot td[data-column=AS] a[href]")).hasCount(0);
        assertThat(row(IN_SOLR).locator("td[data-column=total] a"))
                .hasAttribute("href", Pattern.compile("search\\?continent=EU&category=Health$"));
    }

    // ── Back

    @Test
    void back_undoes_a_filter_and_nothing_else() {
        open(screen(1440, 900), "");
        page.locator("#continents button[data-continent=AF]").click();
        row(IN_SOLR).locator("th button").click();
        page.locator("[data-unit=share]").click();
        page.locator("th[data-column=category] button").click();
        assertThat(page.locator("#chips button")).hasCount(2);

        page.goBack();
        assertThat(page.locator("#chips button")).hasCount(1);
        assertThat(page.locator("#chips")).containsText("Africa");
        assertThat(page.locator("[data-unit=share]")).hasAttribute("aria-pressed", "true");
        assertThat(page).hasURL(Pattern.compile("unit=share"));
        page.goBack();
        assertThat(page.locator("#chips")).containsText("all categories");
        page.goForward();
        assertThat(page.locator("#chips")).containsText("Africa");
    }

    @Test
    void show_more_and_the_place_in_the_list_survive_back() {
        open(screen(1280, 720), "search");
        assertThat(page.locator("#results > li")).hasCount(20);
        page.locator("#more").click();
        assertThat(page.locator("#results > li")).hasCount(40);
        page.locator("#more").click();
        assertThat(page.locator("#results > li")).hasCount(60);
        Locator wanted = page.locator("#results > li").nth(47);
        String title = wanted.locator("h2").textContent();
        wanted.scrollIntoViewIfNeeded();
        double y = scrolled();
        assertThat(y).isPositive();
        wanted.locator("a").click();
        assertThat(page.locator("#name")).hasText(title);

        page.locator("#back").click();

        assertThat(page.locator("#results > li")).hasCount(60);
        assertThat(page.locator("#results > li").nth(47).locator("a")).isFocused();
        assertThat(page.locator("#results > li").nth(47).locator("h2")).hasText(title);
        page.waitForCondition(() -> Math.abs(scrolled() - y) < 3);
        page.reload();
        assertThat(page.locator("#results > li")).hasCount(60);
    }

    @Test
    void back_within_the_search_finds_the_place_again() {
        open(screen(1280, 720), "search");
        page.locator("#more").click();
        assertThat(page.locator("#results > li")).hasCount(40);
        page.evaluate("scrollTo(0, 900)");
        page.waitForTimeout(300);
        page.locator("[data-facet='category:Tech']").dispatchEvent("click");
        assertThat(page.locator("#count")).containsText("20 offers");

        page.goBack();

        assertThat(page.locator("#results > li")).hasCount(40);
        page.waitForCondition(() -> Math.abs(scrolled() - 900) < 3);
    }

    @Test
    void all_offers_leads_to_the_list_also_for_those_who_came_from_elsewhere() {
        open(screen(1280, 720), "");
        page.navigate(fixture.url() + "search");
        assertThat(page.locator("#results > li").first()).isVisible();
        String offer = page.locator("#results h2 a").first().getAttribute("href");
        context.close();

        open(screen(1280, 720), "?continent=EU");
        page.navigate(offer);
        assertThat(page.locator("#name")).hasText(Pattern.compile("\\S"));
        page.locator("#back").click();

        assertThat(page.locator("#results > li").first()).isVisible();
    }

    // ── Colours

    @Test
    void chosen_colours_survive_the_way_through_the_pages() {
        open(screen(1280, 720), "");
        assertThat(page.locator("html")).hasAttribute("data-theme", "auto");
        page.locator("#theme").click();
        page.locator("#theme").click();
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");

        row(IN_SOLR).locator("td[data-column=total] a").click();
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        page.locator("#results h2 a").first().click();
        assertThat(page.locator("#name")).hasText(Pattern.compile("\\S"));
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        page.locator("#related a").last().click();
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        page.locator(".pages a").first().click();
        assertThat(page.locator("#total")).hasText(Pattern.compile("\\d"));
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        page.locator("#theme").click();
        assertThat(page.locator("html")).hasAttribute("data-theme", "auto");
        page.locator(".pages a").last().click();
        assertThat(page.locator("#results > li").first()).isVisible();
        assertThat(page.locator("html")).hasAttribute("data-theme", "auto");

        page.locator("#theme").click();
        assertThat(page).hasURL(Pattern.compile("theme=light"));
        page.goBack();
        assertThat(page.locator("#total")).hasText(Pattern.compile("\\d"));
        assertThat(page.locator("html")).hasAttribute("data-theme", "light");
        assertThat(page).hasURL(Pattern.compile("theme=light"));
    }

    @Test
    void colours_do_not_ask_the_search_again_nor_move_its_map() {
        open(screen(1280, 720), "search?q=data");
        quiet();
        int before = asked().size();
        page.locator("#theme").click();
        quiet();

        assertThat(asked()).hasSize(before);
    }

    @Test
    void first_paint_has_the_colours_of_the_address() {
        context = browser.newContext(screen(1280, 720));
        page = context.newPage();
        page.route("**/*.js", route -> {
            if (route.request().url().contains("early.js")) {
                route.resume();
            } else {
                route.abort();
            }
        });
        page.navigate(fixture.url() + "?theme=dark");
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        page.locator(".pages a").last().click(); // before the scripts are there
        assertThat(page).hasURL(Pattern.compile("search\\?theme=dark$"));
    }

    // ── Layout and type

    @Test
    void below_1500_pixels_the_table_comes_before_the_map() {
        open(screen(1440, 900), "");
        for (int[] size : SCREENS) {
            page.setViewportSize(size[0], size[1]);
            drawn();
            boolean before = page.locator("section.matrix").boundingBox().y < page.locator("section.map").boundingBox().y;
            assertThat(before).as("at " + size[0]).isEqualTo(size[0] < 1500);
        }
    }

    @Test
    void no_text_is_smaller_than_eleven_pixels_on_any_screen() {
        for (String path : new String[] {"?continent=EU&category=Health", "", "search?q=data", offer()}) {
            open(screen(1440, 900), path);
            for (int[] size : SCREENS) {
                page.setViewportSize(size[0], size[1]);
                drawn();
                assertThat((List<?>) page.evaluate("""
                        () => {
                          const small = new Set();
                          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                          while (texts.nextNode()) {
                            const node = texts.currentNode.parentElement;
                            if (!texts.currentNode.data.trim() || node.closest('.unseen, script')) continue;
                            const scale = node.ownerSVGElement ? node.getScreenCTM().a : 1;
                            const pixels = Number.parseFloat(getComputedStyle(node).fontSize) * scale;
                            if (pixels < 10.99) small.add(`${pixels.toFixed(1)} ${node.tagName}.${node.className.baseVal ?? node.className} '${texts.currentNode.data.trim().slice(0, 20)}'`);
                          }
                          return [...small];
                        }""")).as(path + " at " + size[0]).isEmpty();
            }
            context.close();
        }
    }

    /** 320 pixels are a screen of 1280 at 400 %, WCAG 1.4.10; 640 the same at 200 %. */
    @Test
    void enlarged_pages_do_not_scroll_sideways() {
        for (int[] size : new int[][] {{320, 256}, {640, 360}}) {
            for (String path : new String[] {"?category=" + encoded(LONG), "search?category=" + encoded(LONG), "search?q=data", offer()}) {
                open(screen(size[0], size[1]), path);
                assertThat((Integer) page.evaluate("() => document.documentElement.scrollWidth"))
                        .as(path + " at " + size[0])
                        .isLessThanOrEqualTo(size[0]);
                context.close();
            }
        }
    }

    @Test
    void pages_follow_the_size_of_type_that_the_browser_is_set_to() {
        open(screen(1280, 720), "");
        double normal = fontSize();
        context.close();
        try (Browser large = Chromium.launch(playwright, "--blink-settings=defaultFontSize=24")) {
            context = large.newContext(screen(1280, 720));
            page = context.newPage();
            page.navigate(fixture.url());
            assertThat(page.locator("#total")).hasText(Pattern.compile("\\d"));
            assertThat(fontSize()).isGreaterThan(normal * 1.2);
            assertThat((Boolean) page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
                    .isTrue();
            context.close();
            context = null;
        }
    }

    @Test
    void numbers_in_the_feed_do_not_touch_the_words_after_them() {
        open(screen(1440, 900), "");
        for (int[] size : SCREENS) {
            page.setViewportSize(size[0], size[1]);
            drawn();
            assertThat(page.locator("#feed li", new Page.LocatorOptions().setHasText("more cells")).first())
                    .isVisible();
            assertThat((List<?>) page.evaluate("""
                    () => [...document.querySelectorAll('#feed li')].filter((li) => {
                      const range = document.createRange();
                      range.selectNodeContents(li.querySelector('.by'));
                      const next = li.querySelector('.what, .where').getBoundingClientRect();
                      return range.getBoundingClientRect().right > next.left;
                    }).map((li) => li.textContent)""")).as("at " + size[0]).isEmpty();
        }
    }

    @Test
    void marks_of_changes_do_not_touch_the_numbers_after_them() throws IOException {
        open(screen(1440, 900), "");
        for (int[] size : SCREENS) {
            page.setViewportSize(size[0], size[1]);
            assertThat(cell(TECH, "EU").locator(".d")).isEmpty(); // the mark before is gone
            fixture.offers().writeOne(Cell.of(TECH, Continent.EU));
            assertThat(cell(TECH, "EU").locator(".d")).hasText("▲1");
            assertThat((List<?>) page.evaluate("""
                    () => [...document.querySelectorAll('td .d')].filter((mark) => mark.textContent).filter((mark) => {
                      const n = mark.parentElement.querySelector('.n').getBoundingClientRect();
                      return mark.getBoundingClientRect().right > n.left;
                    }).map((mark) => mark.parentElement.textContent)""")).as("at " + size[0]).isEmpty();
        }
    }

    @Test
    void long_and_right_to_left_names_stay_in_their_places() {
        open(screen(1280, 720), "?category=" + encoded(HEBREW));
        assertThat(page.locator("#chips bdi")).hasText(HEBREW);
        assertThat(row(HEBREW).locator("th button")).hasAttribute("title", "\u2068" + HEBREW + "\u2069");
        context.close();
        open(screen(1500, 900), "?category=" + encoded(LONG));
        assertThat(page.locator("#chips button [aria-hidden]")).isInViewport();
        assertThat((Boolean) page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")).isTrue();
        context.close();
        open(screen(1500, 900), "");
        assertThat((Boolean) page.locator("#feed bdi", new Page.LocatorOptions().setHasText(HEBREW.substring(0, 5)))
                        .evaluate("""
                                (name) => {
                                  name.style.width = '6em';
                                  const start = document.createRange();
                                  start.setStart(name.firstChild, 0);
                                  start.setEnd(name.firstChild, 1);
                                  return start.getBoundingClientRect().right <= name.getBoundingClientRect().right + 1;
                                }"""))
                .as("the start of a cut name is what remains of it")
                .isTrue();
        context.close();

        open(screen(1280, 720), "search?category=" + encoded(HEBREW) + "&category=" + encoded(LONG));
        Locator chip = page.locator("#chips button").first();
        assertThat(chip.locator("bdi")).hasText(HEBREW);
        assertThat((Boolean) chip.evaluate("""
                (chip) => chip.querySelector('bdi').getBoundingClientRect().right <= chip.querySelector('[aria-hidden]').getBoundingClientRect().right"""))
                .as("the cross is to the right of the name")
                .isTrue();
        assertThat((Boolean) page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")).isTrue();
    }

    @Test
    void printed_page_is_light_and_whole() {
        open(screen(1000, 700).setColorScheme(ColorScheme.DARK), "?theme=dark");
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));

        assertThat(page.locator(".tools")).isHidden();
        assertThat((Boolean) page.evaluate("""
                () => [...document.querySelectorAll('.scroll, .lines')].every((box) => getComputedStyle(box).overflowY === 'visible'
                  && box.clientHeight >= box.firstElementChild.offsetHeight)"""))
                .as("nothing is hidden in a box that scrolls")
                .isTrue();
        assertThat((String) page.evaluate("() => getComputedStyle(document.documentElement).backgroundColor"))
                .isEqualTo("rgb(255, 255, 255)");
        assertThat((String) page.evaluate("() => getComputedStyle(document.querySelector('tbody th')).color"))
                .isEqualTo("rgb(18, 33, 31)");
    }

    @Test
    void forced_colours_leave_no_text_on_a_ground_of_ours() {
        for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            open(screen(1440, 900).setColorScheme(colours).setForcedColors(ForcedColors.ACTIVE), "?category=Health");
            assertThat((List<?>) page.evaluate(WEAK)).as(colours.name()).isEmpty();
            context.close();
        }
    }

    // ── The search's map

    @Test
    void map_of_the_search_fits_the_hits_at_first_and_follows_a_new_search() {
        open(screen(1440, 900), "search?q=data");
        quiet();
        double europe = degreesInView();
        assertThat(europe).isLessThan(40);
        assertThat(page.url()).as("what is fitted is no filter").doesNotContain("box");

        page.locator("#q").fill("");
        page.locator("#q").press("Enter");
        assertThat(page.locator("#count")).containsText("offers");
        quiet();
        assertThat(degreesInView()).isGreaterThan(europe);

        page.locator("#zoom-world").click();
        quiet();
        assertThat(page.url()).doesNotContain("box");
        assertThat(degreesInView()).as("the whole world stays").isGreaterThan(300);
    }

    @Test
    void numbers_on_the_map_stand_out_from_their_dots() {
        context = browser.newContext(screen(1440, 900));
        page = context.newPage();
        page.addInitScript("""
                window.texts = [];
                const fill = CanvasRenderingContext2D.prototype.fill;
                CanvasRenderingContext2D.prototype.fill = function (...all) { this.ground = this.fillStyle; return fill.apply(this, all); };
                const text = CanvasRenderingContext2D.prototype.fillText;
                CanvasRenderingContext2D.prototype.fillText = function (...all) { texts.push([this.ground, this.fillStyle, this.font]); return text.apply(this, all); };
                """);
        page.navigate(fixture.url() + "search");
        page.waitForCondition(() -> (Integer) page.evaluate("texts.length") > 0);
        page.waitForTimeout(500);
        assertThat((Boolean) page.evaluate("""
                () => {
                  const light = (colour) => {
                    const [r, g, b] = colour.match(/[0-9a-f]{2}/g).map((n) => parseInt(n, 16) / 255).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
                    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
                  };
                  return texts.every(([ground, text]) => {
                    const [a, b] = [light(ground), light(text)].sort((x, y) => y - x);
                    return (a + 0.05) / (b + 0.05) >= 4.5;
                  });
                }""")).isTrue();
    }

    // ── Accessibility

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void axe_finds_nothing_on_any_page(ColorScheme colours) {
        for (int width : colours == ColorScheme.LIGHT ? new int[] {1440, 360} : new int[] {1440}) {
            for (String path : new String[] {
                "", "?continent=EU", "?continent=EU&category=Health&unit=share", "search", "search?q=devoloppeur+java&category=Health", offer()
            }) {
                // So high that no row is half below the sticky line of totals, which axe takes for a target too small.
                open(
                        screen(width, 2400).setColorScheme(colours).setReducedMotion(ReducedMotion.REDUCE),
                        path);
                assertAxe(path + " at " + width + " " + colours);
                if (path.isEmpty() && width == 1440) {
                    page.locator("#continents button[data-continent=AF]").hover();
                    assertThat(page.locator("th[data-column=EU]")).hasAttribute("data-back", "true");
                    assertAxe("pointing at a continent, " + colours);
                    row(IN_SOLR).locator("th button").hover();
                    assertThat(page.locator("#pace-title")).containsText(IN_SOLR);
                    assertAxe("pointing at a category, " + colours);
                }
                context.close();
            }
        }
    }

    @Test
    void feed_scrolls_by_keyboard() {
        open(screen(1280, 720), "");
        Locator lines = page.getByRole(
                com.microsoft.playwright.options.AriaRole.REGION,
                new Page.GetByRoleOptions().setName("Latest changes, newest first"));
        page.locator("#pause").focus();
        page.keyboard().press("Tab");
        page.keyboard().press("End");
        page.waitForCondition(() -> (Integer) page.evaluate("Math.round(document.activeElement.scrollTop)") > 0);
        assertThat(lines).isFocused();
    }

    // ── A proxy in front

    @ParameterizedTest
    @ValueSource(strings = {"", "jobs"})
    void all_pages_work_below_a_path_of_another_host_name(String kept) throws IOException {
        try (ReverseProxy proxy = new ReverseProxy("/jobs", fixture.url() + kept)) {
            String url = proxy.url("jobs.example.org");
            open(screen(1440, 900), "", url);
            int total = Integer.parseInt(page.locator("#total").textContent().replace(",", ""));
            fixture.offers().writeOne(Cell.of(TECH, Continent.EU));
            page.waitForCondition(() -> Integer.parseInt(page.locator("#total").textContent().replace(",", "")) == total + 1);
            page.locator("#continents button[data-continent=EU]").click();
            assertThat(page).hasURL(url + "?continent=EU");
            row(IN_SOLR).locator("td[data-column=total] a").click();
            assertThat(page).hasURL(url + "search?continent=EU&category=Health");
            page.locator("#results h2 a").first().click();
            assertThat(page.locator("#name")).hasText(Pattern.compile("\\S"));
            assertThat(page).hasURL(Pattern.compile("/jobs/offers/.+"));
            page.locator("#back").click();
            assertThat(page.locator("#results > li").first()).isVisible();
            page.locator("#q").fill("nur");
            page.locator("#q").press("End");
            page.locator("#q").pressSequentially("s");
            assertThat(page.locator("#suggestions li").first()).isVisible();
            page.locator(".pages a").first().click();
            assertThat(page.locator("#total")).hasText(Pattern.compile("\\d"));
            assertThat(page).hasURL(url);
            assertThat(requests).allMatch(request -> request.startsWith(url));
        }
    }

    /** Text on a ground with a ratio below 4.5. */
    private static final String WEAK = """
            () => {
              const light = (colour) => {
                const [r, g, b] = colour.match(/[0-9.]+/g).map((n) => n / 255).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
              };
              const canvas = document.body.appendChild(document.createElement('p'));
              canvas.style.backgroundColor = 'Canvas';
              const ground = (node) => {
                for (let at = node; at; at = at.parentElement) {
                  const colour = getComputedStyle(at).backgroundColor;
                  if (!/, 0\\)$/.test(colour)) return colour;
                }
                return getComputedStyle(canvas).backgroundColor;
              };
              const weak = new Set();
              const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (texts.nextNode()) {
                const node = texts.currentNode.parentElement;
                if (!texts.currentNode.data.trim() || node.closest('svg, [hidden], .unseen')) continue;
                const [a, b] = [light(getComputedStyle(node).color), light(ground(node))].sort((x, y) => y - x);
                const ratio = (a + 0.05) / (b + 0.05);
                if (ratio < 4.5) weak.add(`${ratio.toFixed(2)} ${node.tagName}.${node.className} '${texts.currentNode.data.trim().slice(0, 20)}'`);
              }
              return [...weak];
            }""";

    private void assertAxe(String where) {
        drawn();
        page.evaluate(axe);
        assertThat((List<?>) page.evaluate("""
                async () => {
                  const found = await axe.run(document, {
                    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice', 'experimental'],
                    // Experimental, and an opinion about paragraphs that are bold.
                    rules: { 'p-as-heading': { enabled: false } },
                  });
                  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? node.all[0]?.message ?? ''}`));
                }""")).as(where).isEmpty();
    }

    private void assertSearch(String... parameters) {
        assertThat(page.locator("#count")).containsText("offer");
        assertThat(page.url()).startsWith(fixture.url() + "search?");
        assertThat(List.of(URI.create(page.url()).getQuery().split("&", -1))).containsExactlyInAnyOrder(parameters);
    }

    private static Browser.NewContextOptions screen(int width, int height) {
        return new Browser.NewContextOptions().setViewportSize(width, height);
    }

    private void open(Browser.NewContextOptions options, String path) {
        open(options, path, fixture.url());
    }

    private void open(Browser.NewContextOptions options, String path, String url) {
        context = browser.newContext(options.setLocale("en-GB"));
        page = context.newPage();
        page.onConsoleMessage(message -> console.add(message.text()));
        page.onPageError(console::add);
        page.onRequest(request -> requests.add(request.url()));
        page.onRequestFinished(request -> answered.addAndGet(isSearch(request.url()) ? 1 : 0));
        page.onRequestFailed(request -> answered.addAndGet(isSearch(request.url()) ? 1 : 0)); // the page gave it up
        page.navigate(url + path);
        if (path.startsWith("search")) {
            assertThat(page.locator("#count")).hasText(Pattern.compile("\\S"));
        } else if (path.startsWith("offers")) {
            assertThat(page.locator("#name")).hasText(Pattern.compile("\\S"));
        } else {
            assertThat(page.locator("#total")).hasText(Pattern.compile("[\\d,]+"));
            assertThat(page.locator(".land")).hasCount(7);
            assertThat(page.locator("#feed li").first()).isVisible();
        }
    }

    /** The path of an offer of the samples. */
    private static String offer() {
        try {
            return "offers/" + fixture.json("api/offers?q=data").get("offers").get(0).get("id").asText();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Every question to the search has its answer, and none of them led to another one: within thirty frames of the page,
     * which take the longer the busier the machine is.
     */
    private void quiet() {
        int before;
        do {
            before = asked().size();
            page.waitForCondition(() -> answered.get() == requests.stream().filter(PagesTest::isSearch).count());
            page.evaluate("""
                    async () => {
                      for (let i = 0; i < 30; i++) await new Promise((next) => requestAnimationFrame(() => setTimeout(next, 0)));
                    }""");
        } while (asked().size() != before);
    }

    private static boolean isSearch(String url) {
        return url.contains("/api/offers?");
    }

    private List<String> asked() {
        return requests.stream().filter(PagesTest::isSearch).toList();
    }

    /** From west to east on the map when it last asked for its cells. */
    private double degreesInView() {
        String query = URI.create(asked().get(asked().size() - 1)).getRawQuery();
        for (String parameter : query.split("&", -1)) {
            if (parameter.startsWith("heat=")) {
                String[] sides = URLDecoder.decode(parameter.substring(5), StandardCharsets.UTF_8).split(",", -1);
                double degrees = (Double.parseDouble(sides[2]) - Double.parseDouble(sides[0]) + 360) % 360;
                return degrees == 0 ? 360 : degrees;
            }
        }
        throw new AssertionError("no heat in " + query);
    }

    /** What a change of the size or of the pointer's place leads to is on the screen: two frames later. */
    private void drawn() {
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    private double scrolled() {
        return ((Number) page.evaluate("scrollY")).doubleValue();
    }

    private double fontSize() {
        return Double.parseDouble(((String) page.evaluate("getComputedStyle(document.body).fontSize")).replace("px", ""));
    }

    private Locator row(String category) {
        return page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText(category));
    }

    private Locator cell(String category, String continent) {
        return row(category).locator("td[data-column=" + continent + "]");
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
