package org.offerstorm.dashboard.search;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.offerstorm.dashboard.web.Chromium;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.FieldType;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.Salary;

/**
 * City, salary, further fields and the like on the search page and on an offer's page, in Chromium over a real Solr. Every
 * test also passes only without a word on the browser's console and without a request to another host.
 */
class DetailsPageTest {
    private static final String EVIL = "<img src=x onerror=alert(1)>\u202E";

    @TempDir
    static Path directory;

    private static Playwright playwright;
    private static Browser browser;
    private static SearchFixture fixture;
    private static String axe;

    private final List<String> console = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void launch() throws Exception {
        try (InputStream in = DetailsPageTest.class.getResourceAsStream("/axe.min.js")) {
            axe = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        fixture = new SearchFixture(directory, DetailedOffers.mapping(directory));
        List<Offer> offers = new ArrayList<>(DetailedOffers.all());
        offers.add(DetailedOffers.offer(
                "evil",
                "Evil xssxss",
                DetailedOffers.details(
                        "https://user@xn--80ak6aa92e.example/" + "a".repeat(900) + "?q=\"><script>alert(1)</script>",
                        EVIL,
                        EVIL.repeat(5),
                        true,
                        new Salary(1e15, 1e15, "XTS", "hour"),
                        DetailedOffers.value("skills", FieldType.KEYWORDS, List.of(EVIL, "x".repeat(5_000))),
                        DetailedOffers.value("contract_hours", FieldType.KEYWORD, EVIL),
                        DetailedOffers.value("note", FieldType.TEXT, EVIL + "\n\n" + "y".repeat(5_000)))));
        fixture.write(SampleOffers.later(Cell.of("Emplois verts", Continent.EU), offers));
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

    @AfterEach
    void end() {
        assertThat(console).isEmpty();
        assertThat(requests).allMatch(url -> url.startsWith(fixture.url()));
        context.close();
    }

    @Test
    void facets_of_the_data_set_filter_and_are_removed_as_chips() {
        open(1440, 900, ColorScheme.LIGHT, "search?q=jardinier");
        assertThat(page.locator("legend"))
                .containsText(new String[] {"Workplace", "Salary of at least", "City", "Skills", "Contract hours"});
        facet("field.skills", "Python").check();
        assertThat(page.locator("#count")).containsText("2 offers");
        facet("field.driving_licence", "true").check();
        assertThat(page.locator("#count")).containsText("1 offer");
        assertThat(page).hasURL(Pattern.compile("field\\.skills=Python&field\\.driving_licence=true$"));
        assertThat(page.locator("#chips")).containsText("Skills: Python");
        assertThat(page.locator("#chips")).containsText("Driving licence: Yes");
        page.reload();
        assertThat(facet("field.skills", "Python")).isChecked();
        page.goBack();
        assertThat(page.locator("#count")).containsText("2 offers");
        assertThat(facet("field.driving_licence", "true")).not().isChecked();
        page.locator("#chips button", new Page.LocatorOptions().setHasText("Skills: Python"))
                .click();
        assertThat(page).hasURL(Pattern.compile("search\\?q=jardinier$"));
    }

    @Test
    void salary_is_asked_for_in_the_usual_kind_and_by_keyboard() {
        open(1440, 900, ColorScheme.LIGHT, "search?q=jardinier");
        Locator amount = page.locator("[data-facet='salary_min:']");
        amount.fill("40000");
        amount.press("Enter");
        assertThat(page).hasURL(Pattern.compile("salary_min=40000&salary_currency=EUR&salary_period=year$"));
        assertThat(page.locator("#count")).containsText("1 offer");
        assertThat(page.locator("#chips")).containsText("Salary from 40,000 EUR a year");
        assertThat(amount).isFocused();
        page.keyboard().press("Tab");
        assertThat(page.locator("[data-facet='salary_currency:']")).isFocused();
        page.locator("[data-facet='salary_currency:']").selectOption("");
        assertThat(page.locator("#count")).containsText("2 offers");
        amount.fill("");
        amount.press("Enter");
        assertThat(page).hasURL(Pattern.compile("search\\?q=jardinier$"));
    }

    @Test
    void offers_show_what_they_have() {
        open(1440, 900, ColorScheme.LIGHT, "search?q=paysagiste");
        Locator first = page.locator("#results > li").first();
        assertThat(first.locator(".city")).hasText("Paris");
        assertThat(first.locator(".salary")).hasText(Pattern.compile("^€38,000\\s?–\\s?€?45,000 a year$"));
        assertThat(first).containsText("Remote");
        first.locator("a").click();
        assertThat(page.locator("#facts")).containsText("Paris, FR");
        assertThat(page.locator("#facts")).containsText("Open until 31 Dec 2150");
        assertThat(page.locator("#fields dt"))
                .hasText(new String[] {
                    "Skills", "Contract hours", "Driving licence", "Note", "Experience", "Rating", "Starts", "Code"
                });
        assertThat(page.locator("#fields li")).hasText(new String[] {"Python", "C++", "Été-indien"});
        Locator apply = page.locator("#apply a");
        assertThat(apply).hasAttribute("href", "https://jobs.example.org/apply?id=1");
        assertThat(apply).hasAttribute("rel", "noopener noreferrer nofollow");
        assertThat(page.locator("#apply")).hasText("Applyon jobs.example.org");
    }

    @Test
    void nothing_found_offers_to_leave_a_field_out() {
        open(1440, 900, ColorScheme.LIGHT, "search?q=jardinier&city=Paris&field.skills=Gardening");
        page.locator("#nothing button", new Page.LocatorOptions().setHasText("Search without “Skills”"))
                .click();
        assertThat(page.locator("#results > li").first()).containsText("Jardinier paysagiste");
    }

    @Test
    void values_are_text_and_an_address_shows_its_host() {
        open(1440, 900, ColorScheme.LIGHT, "search?q=xssxss");
        assertThat(page.locator("#results .city")).hasText(EVIL);
        assertThat(page.locator("#results img, #facets img, #chips img")).hasCount(0);
        page.locator("#results a").click();
        assertThat(page.locator("#fields")).containsText(EVIL);
        assertThat(page.locator("article img, article script")).hasCount(0);
        assertThat(page.locator("#apply bdi")).hasText("xn--80ak6aa92e.example");
        assertThat(page.locator("#apply a"))
                .hasAttribute("href", Pattern.compile("%22%3E%3Cscript%3Ealert\\(1\\)%3C/script%3E$"));
    }

    /** An address in the index that is none, or runs a script, is no link. */
    @ParameterizedTest
    @CsvSource({
        "javascript:alert(1)", "data:text/html;x", "' javascript:alert(1)'", "java\tscript:alert(1)", "//host/x", "ftp://h/x"
    })
    void address_that_is_not_of_the_web_is_no_link(String url) throws Exception {
        Offer offer =
                DetailedOffers.offer("script", "Scripted", DetailedOffers.details(url, null, null, null, null));
        fixture.write(SampleOffers.later(
                Cell.of("Tech", Continent.EU),
                List.of(DetailedOffers.all().get(0), offer)));
        open(1440, 900, ColorScheme.LIGHT, "offers/script");
        assertThat(page.locator("h1")).hasText("Scripted");
        assertThat(page.locator("#facts")).containsText("Open until");
        assertThat(page.locator("#apply")).isHidden();
        assertThat(page.locator("[href^='javascript' i], [href^='data' i], [href^='ftp' i]"))
                .hasCount(0);
    }

    @ParameterizedTest
    @CsvSource({
        "360,740,LIGHT,search?q=jardinier",
        "360,740,DARK,offers/paris",
        "390,844,LIGHT,offers/evil",
        "768,1024,LIGHT,search?q=xssxss",
        "1440,900,DARK,search?q=jardinier&field.skills=python&salary_min=1000&salary_currency=EUR&remote=false",
        "1440,900,LIGHT,search?q=jardinier",
        "1440,900,LIGHT,offers/paris",
        "1440,900,DARK,offers/evil",
    })
    void pages_fit_and_are_accessible(int width, int height, ColorScheme colours, String path) {
        open(width, height, colours, path);
        assertThat(page.locator("#results > li, #fields dt").first()).isVisible();
        if (width < 900 && path.startsWith("search")) {
            page.locator("#facets-fold summary").click();
        }
        page.waitForTimeout(500); // the map is drawn
        String pictures = System.getProperty("offerstorm.pictures");
        if (pictures != null) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(Path.of(pictures, width + "-" + colours + "-" + path.replaceAll("\\W+", "-") + ".png")));
        }
        double reach = ((Number) page.evaluate("document.documentElement.scrollWidth")).doubleValue();
        assertThat(reach).as("nothing reaches over the edge").isLessThanOrEqualTo(width);
        page.evaluate(axe);
        Object found = page.evaluate("""
                async () => {
                  const found = await axe.run(document, {
                    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice', 'experimental'],
                    rules: { 'p-as-heading': { enabled: false } },
                  });
                  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? node.all[0]?.message ?? ''}`));
                }""");
        assertThat((List<?>) found).isEmpty();
    }

    private Locator facet(String name, String value) {
        return page.locator("[data-facet='" + name + ":" + value + "']");
    }

    private void open(int width, int height, ColorScheme colours, String path) {
        context = browser.newContext(new Browser.NewContextOptions()
                .setLocale("en-GB")
                .setViewportSize(width, height)
                .setColorScheme(colours));
        context.setDefaultTimeout(20_000);
        page = context.newPage();
        page.onConsoleMessage(message -> console.add(message.text()));
        page.onPageError(console::add);
        page.onRequest(request -> requests.add(request.url()));
        page.navigate(fixture.url() + path);
        assertThat(page.locator("#count, h1").first()).containsText(Pattern.compile("\\S"));
    }
}
