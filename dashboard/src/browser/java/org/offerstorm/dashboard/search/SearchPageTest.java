package org.offerstorm.dashboard.search;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Geolocation;
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
import org.offerstorm.dashboard.web.Chromium;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Offer;

/**
 * The search page in Chromium, over a real Solr with the sample offers. Every test also passes only without a word on the
 * browser's console and without a request to another host.
 */
class SearchPageTest {
    private static final double PATIENCE = 20_000;

    @TempDir
    static Path directory;

    private static Playwright playwright;
    private static Browser browser;
    private static SearchFixture fixture;

    private final List<String> console = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void launch() throws Exception {
        fixture = new SearchFixture(directory);
        fixture.write(SampleOffers.hostile());
        playwright = Chromium.driver();
        browser = Chromium.launch(playwright);
    }

    @AfterAll
    static void quit() {
        if (playwright != null) {
            playwright.close();
        }
        fixture.close();
    }

    @BeforeEach
    void open() {
        open(new Browser.NewContextOptions().setViewportSize(1440, 900), "search");
    }

    @AfterEach
    void end() {
        assertThat(console).isEmpty();
        assertThat(requests).allMatch(url -> url.startsWith(fixture.url()));
        context.close();
    }

    @Test
    void results_change_as_one_types_and_stand_in_the_address() {
        page.locator("#q").pressSequentially("devops par", new Locator.PressSequentiallyOptions().setDelay(30));
        assertThat(first()).containsText("DevOps Engineer, Paris");
        assertThat(page.locator("#results mark").first()).hasText("DevOps");
        assertThat(page).hasURL(Pattern.compile(".*q=devops\\+par$"));
        page.locator("#q").press("Enter");
        assertThat(page.locator("#suggestions")).isHidden();
    }

    @Test
    void suggestions_are_chosen_by_keys() {
        page.locator("#q").pressSequentially("nur", new Locator.PressSequentiallyOptions().setDelay(30));
        assertThat(page.locator("#suggestions li").first()).isVisible();
        page.locator("#q").press("ArrowDown");
        String chosen = page.locator("#suggestions [aria-selected=true] > span").textContent();
        page.locator("#q").press("Enter");
        assertThat(page.locator("#q")).hasValue(chosen);
        assertThat(page.locator("#suggestions")).isHidden();
        assertThat(first()).containsText(chosen);
    }

    /** Somebody who types slowly chooses from the list that is shown, while the next one is on its way. */
    @Test
    void suggestion_that_is_chosen_stays_chosen_when_a_later_answer_comes() {
        page.locator("#q").pressSequentially("nu");
        assertThat(page.locator("#suggestions li").first()).isVisible();
        List<Route> late = new ArrayList<>();
        page.route("**/api/suggest?q=nur", late::add);
        page.locator("#q").press("r");
        page.waitForCondition(() -> !late.isEmpty());

        page.locator("#q").press("ArrowDown");
        String chosen = page.locator("#suggestions [aria-selected=true] > span").textContent();
        late.get(0).resume();
        page.waitForTimeout(300); // for what must not come
        page.locator("#q").press("Enter");

        assertThat(page.locator("#q")).hasValue(chosen);
        assertThat(first()).containsText(chosen);
    }

    @Test
    void facets_filter_stay_selectable_and_are_removed_as_chips() {
        facet("category", "Tech").check();
        assertThat(page.locator("#count")).containsText("20 offers");
        facet("category", "Health").check();
        assertThat(page.locator("#count")).containsText("27 offers");
        assertThat(page.locator("#chips li")).hasCount(3); // two, and "clear all"
        page.locator("#chips button", new Page.LocatorOptions().setHasText("Tech")).click();
        assertThat(page.locator("#count")).containsText("7 offers");
        assertThat(facet("category", "Tech")).not().isChecked();
    }

    @Test
    void back_goes_back_and_an_address_can_be_shared() {
        page.locator("#q").fill("infirmier");
        page.locator("#q").press("Enter");
        assertThat(page.locator("#count")).containsText("3 offers");
        facet("contract", "PART_TIME").check();
        assertThat(page.locator("#count")).containsText("1 offer");
        String shared = page.url();
        page.goBack();
        assertThat(page.locator("#count")).containsText("3 offers");
        assertThat(facet("contract", "PART_TIME")).not().isChecked();

        open(new Browser.NewContextOptions(), shared.substring(fixture.url().length()));
        assertThat(page.locator("#q")).hasValue("infirmier");
        assertThat(page.locator("#count")).containsText("1 offer");
        assertThat(first()).containsText("Infirmière scolaire");
    }

    @Test
    void moving_the_map_filters_and_its_chip_takes_that_back() {
        assertThat(page.locator("#count")).containsText("69 offers");
        BoundingBox map = page.locator("#map").boundingBox();
        // Australia to the middle, and nearer.
        double x = map.x + map.width / 2;
        double y = map.y + map.height / 2;
        page.mouse().move(x + map.width * 0.42, y + map.height * 0.2);
        page.mouse().wheel(0, -300);
        page.mouse().wheel(0, -300);
        page.mouse().wheel(0, -300);
        page.mouse().wheel(0, -300);
        assertThat(page).hasURL(Pattern.compile(".*box=.*"));
        assertThat(page.locator("#chips")).containsText("Area on the map");
        assertThat(page.locator("#count")).containsText("3 offers");
        assertThat(page.locator("#results")).containsText("Waiter or waitress");
        page.locator("#chips button").first().click();
        assertThat(page.locator("#count")).containsText("69 offers");
        page.goBack();
        assertThat(page.locator("#count")).containsText("3 offers");
    }

    @Test
    void near_me_sorts_by_distance() {
        open(
                new Browser.NewContextOptions()
                        .setViewportSize(1440, 900)
                        .setGeolocation(new Geolocation(48.80, 2.13))
                        .setPermissions(List.of("geolocation")),
                "search");
        page.locator("#near").click();
        assertThat(page.locator("#within")).isVisible();
        page.locator("#sort").selectOption("nearest");
        assertThat(first().locator(".distance")).hasText("0.2 km");
        page.locator("#radius").selectOption("5km");
        assertThat(page.locator("#count")).containsText("4 offers");
    }

    @Test
    void nothing_found_says_what_would() {
        page.locator("#q").fill("devoloppeur java");
        page.locator("#q").press("Enter");
        assertThat(page.locator("#nothing")).containsText("Did you mean developpeur java?");
        page.locator("#nothing button").first().click();
        assertThat(first()).containsText("Développeur Java");
    }

    @Test
    void query_that_holds_nothing_to_search_for_says_so() {
        for (String typed : List.of("\uD83D\uDE00", "\"\"", "de la")) {
            page.locator("#q").fill(typed);
            page.locator("#q").press("Enter");
            assertThat(page.locator("#nothing")).containsText("There is nothing to search for in “" + typed + "”");
            assertThat(page.locator("#count")).hasText("No offers");
            assertThat(page.locator("#results > li")).hasCount(0);
        }
        page.locator("#nothing button").click();
        assertThat(page.locator("#results > li")).hasCount(20);
    }

    @Test
    void found_word_is_marked_in_a_long_text_in_any_spelling() throws Exception {
        String text = "sans point ni fin ".repeat(60);
        Offer offer = SampleOffers.offer(
                "long", "Opticien", "CDI", text + "cherche un De\u0301veloppeurissime\u202F! " + text);
        fixture.write(SampleOffers.later(Cell.of("Tech", Continent.EU), List.of(offer)));
        try {
            page.locator("#q").fill("développeurissime");
            page.locator("#q").press("Enter");
            assertThat(page.locator("#count")).hasText("1 offer");
            assertThat(first().locator("mark")).hasText("De\u0301veloppeurissime");
            assertThat(first().locator(".excerpt")).containsText(Pattern.compile("^…sans|^…point|^…ni|^…fin"));
            assertThat(first().locator(".excerpt")).not().containsText("[");
        } finally {
            fixture.delete(List.of(offer));
        }
    }

    @Test
    void more_offers_are_appended() {
        assertThat(page.locator("#results > li")).hasCount(20);
        page.locator("#more").click();
        assertThat(page.locator("#results > li")).hasCount(40);
    }

    @Test
    void offer_has_its_own_page_and_back_finds_the_list_as_it_was() {
        page.locator("#q").fill("pâtissier");
        page.locator("#q").press("Enter");
        assertThat(page.locator("#count")).containsText("1 offer");
        first().locator("a").click();
        assertThat(page.locator("h1")).hasText("Pâtissier (H/F)");
        assertThat(page.locator("#description")).containsText("Entremets");
        page.locator("#back").click();
        assertThat(page.locator("#q")).hasValue("pâtissier");
        assertThat(first()).containsText("Pâtissier");
    }

    @Test
    void text_of_offers_is_text() {
        page.locator("#q").fill("xssxss");
        page.locator("#q").press("Enter");
        assertThat(first()).containsText("<img src=x onerror=alert(1)> xssxss");
        assertThat(page.locator("#results img, #results script")).hasCount(0);
        first().locator("a").click();
        assertThat(page.locator("h1")).hasText("<img src=x onerror=alert(1)> xssxss");
        assertThat(page.locator("article img, article script")).hasCount(0);
    }

    @Test
    void slash_and_letters_lead_through_the_page() {
        assertThat(page.locator("#results > li")).hasCount(20);
        page.locator("#count").click();
        page.keyboard().press("j");
        assertThat(first().locator("a")).isFocused();
        page.keyboard().press("/");
        assertThat(page.locator("#q")).isFocused();
    }

    @Test
    void pictures() throws Exception {
        Path images = Path.of(System.getProperty("offerstorm.root", ".."), "docs", "images");
        for (Object[] shot : new Object[][] {
            {"search", 1440, 900, ColorScheme.LIGHT, "search?q=ing%C3%A9nieur"},
            {"search-dark", 1440, 900, ColorScheme.DARK, "search?q=data&box=-12,38,20,58"},
            {"search-nothing", 1200, 700, ColorScheme.LIGHT, "search?q=devoloppeur+java&category=Health"},
            {"search-phone", 390, 844, ColorScheme.LIGHT, "search?q=infirmi%C3%A8re"}
        }) {
            open(
                    new Browser.NewContextOptions()
                            .setViewportSize((Integer) shot[1], (Integer) shot[2])
                            .setColorScheme((ColorScheme) shot[3]),
                    (String) shot[4]);
            assertThat(page.locator("#count")).containsText("offers");
            page.waitForTimeout(600); // the map is drawn
            Path file = images.resolve(shot[0] + ".png");
            page.screenshot(new Page.ScreenshotOptions().setPath(file));
            assertThat(Files.size(file)).isLessThan(300_000);
            double width = ((Number) page.evaluate("document.documentElement.scrollWidth")).doubleValue();
            assertThat(width).as("nothing reaches over the edge").isLessThanOrEqualTo((Integer) shot[1]);
        }
    }

    private Locator first() {
        return page.locator("#results > li").first();
    }

    private Locator facet(String name, String value) {
        return page.locator("[data-facet='" + name + ":" + value + "']");
    }

    private void open(Browser.NewContextOptions options, String path) {
        if (context != null) {
            context.close();
        }
        context = browser.newContext(options.setLocale("en-GB"));
        context.setDefaultTimeout(PATIENCE);
        page = context.newPage();
        page.onConsoleMessage(message -> console.add(message.text()));
        page.onPageError(console::add);
        page.onRequest(request -> requests.add(request.url()));
        page.navigate(fixture.url() + path);
        assertThat(page.locator("#count, h1").first()).containsText(Pattern.compile("\\S"));
    }
}
