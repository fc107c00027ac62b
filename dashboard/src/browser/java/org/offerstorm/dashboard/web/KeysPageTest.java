package org.offerstorm.dashboard.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;

/** A dashboard with {@code dashboard.keys} in Chromium: the browser asks for the key, and sends it with all that follows. */
class KeysPageTest {
    private static final String KEY = "0123456789abcdef";

    @TempDir
    static Path directory;

    private static Playwright playwright;
    private static Browser browser;
    private static DashboardFixture fixture;

    @BeforeAll
    static void launch() throws IOException {
        Path key = Files.writeString(directory.resolve("ann"), KEY + "\n");
        fixture = new DashboardFixture(directory, "dashboard.keys.ann=${file:" + key + "}");
        fixture.offers().writeOne(Cell.of("Health", Continent.EU));
        playwright = Chromium.driver();
        browser = Chromium.launch(playwright);
    }

    @AfterAll
    static void quit() throws IOException {
        if (playwright != null) {
            playwright.close();
        }
        fixture.close();
    }

    @Test
    void with_the_key_as_the_password_pages_documents_and_events_come() throws IOException {
        try (BrowserContext context =
                browser.newContext(new Browser.NewContextOptions().setHttpCredentials("whoever", KEY))) {
            follow(context, fixture.url());
        }
    }

    @Test
    void with_the_key_in_the_address_pages_documents_and_events_come() throws IOException {
        try (BrowserContext context = browser.newContext()) {
            follow(context, fixture.url().replace("http://", "http://whoever:" + KEY + "@"));
        }
    }

    private static void follow(BrowserContext context, String url) throws IOException {
        List<String> refused = Collections.synchronizedList(new ArrayList<>());
        Page page = context.newPage();
        page.onResponse(response -> {
            if (response.status() == 401) {
                refused.add(response.url());
            }
        });
        page.onRequestFailed(request -> refused.add(request.url()));
        page.navigate(url);
        assertThat(page.locator("#total")).hasText(Pattern.compile("\\d"));
        int total = Integer.parseInt(page.locator("#total").textContent());

        fixture.offers().writeOne(Cell.of("Health", Continent.EU));
        assertThat(page.locator("#total")).hasText(Integer.toString(total + 1)); // by an event
        assertThat(page.locator("#feed li").first()).isVisible();
        assertThat(page.locator("#map path").first()).isVisible();
        assertThat(refused).isEmpty();
    }

    @Test
    void without_the_key_nothing_is_shown() {
        try (BrowserContext context =
                browser.newContext(new Browser.NewContextOptions().setHttpCredentials("ann", "wrong"))) {
            Page page = context.newPage();
            int status;
            try {
                Response response = page.navigate(fixture.url());
                status = response.status();
            } catch (PlaywrightException e) { // the browser asks again, and nobody answers
                status = 401;
            }
            assertThat(status).isEqualTo(401);
            assertThat(page.content()).doesNotContain("<title>Offerstorm");
        }
    }
}
