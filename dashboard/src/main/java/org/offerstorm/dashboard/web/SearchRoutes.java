package org.offerstorm.dashboard.web;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.PathHandler;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.Map;
import org.offerstorm.dashboard.search.BadSearch;
import org.offerstorm.dashboard.search.OfferSearch;
import org.offerstorm.dashboard.search.SearchResult.Hit;
import org.offerstorm.sinks.solr.SolrQueries.Refused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The search page and its API. A question waits for Solr on a worker thread, never on one that serves events. What is
 * wrong with a request is answered with 400 and the reason, a Solr that does not answer with 503.
 */
final class SearchRoutes {
    private static final Logger log = LoggerFactory.getLogger(SearchRoutes.class);

    private static final String OFFERS = "/api/offers";
    private static final String UNAVAILABLE =
            "the search is unavailable: Solr does not answer as it should; try again in a moment, and see the"
                    + " dashboard's log if it stays so";
    private static final String[] FILES = {
        "search.css",
        "search.js",
        "search-results.js",
        "mercator.js",
        "search-map.js",
        "search-map-cells.js",
        "search-map-fit.js",
        "search-map-input.js",
        "search-map-paint.js",
        "search-map-view.js",
        "search-place.js",
        "search-query.js",
        "search-suggest.js",
        "offer-words.js",
        "offer.js"
    };

    private SearchRoutes() {}

    /** Adds what the pages load. */
    static void addFiles(Map<String, Asset> files) {
        for (String file : FILES) {
            files.put(file, Asset.load(file));
        }
        files.put("world.json", new Asset("application/json", WorldJson.draw()));
    }

    /** Adds the routes; the search itself is asked at each request. */
    static void add(PathHandler paths, Assets assets, OfferSearch search) {
        paths.addExactPath("/search", assets.pageAt("/search", "search.html"));
        paths.addPrefixPath("/offers", assets.page("offer.html"));
        paths.addExactPath(OFFERS, answer(exchange -> {
            long start = System.nanoTime();
            var result = search.search(search.read(exchange.getQueryParameters()));
            return SearchJson.result(result, (System.nanoTime() - start) / 1_000_000);
        }));
        paths.addPrefixPath(OFFERS + "/", answer(exchange -> {
            Hit hit = search.offer(id(exchange));
            return hit == null ? null : SearchJson.offer(hit);
        }));
        paths.addExactPath(
                "/api/suggest", answer(exchange -> SearchJson.suggestions(search.suggest(only(exchange, "q")))));
    }

    private interface Question {
        /** Null if there is nothing of that name. */
        byte[] answer(HttpServerExchange exchange) throws IOException;
    }

    private static HttpHandler answer(Question question) {
        return exchange -> exchange.dispatch(() -> ask(exchange, question));
    }

    private static void ask(HttpServerExchange exchange, Question question) {
        byte[] body;
        try {
            body = question.answer(exchange);
            if (body == null) {
                exchange.setStatusCode(StatusCodes.NOT_FOUND);
                body = SearchJson.error("there is no such offer; it may have been deleted");
            }
        } catch (BadSearch e) {
            exchange.setStatusCode(StatusCodes.BAD_REQUEST);
            body = SearchJson.error(e.getMessage());
        } catch (Refused e) {
            exchange.setStatusCode(StatusCodes.BAD_REQUEST);
            body = SearchJson.error("this cannot be searched for; use words, and phrases in quotes");
        } catch (IOException e) {
            log.warn("Search: {}", e.getMessage()); // with Solr's address, which is not everybody's business
            exchange.setStatusCode(StatusCodes.SERVICE_UNAVAILABLE);
            body = SearchJson.error(UNAVAILABLE);
        } catch (RuntimeException e) { // nothing else would end the exchange, and its client would wait forever
            log.error("Search", e);
            exchange.setStatusCode(StatusCodes.INTERNAL_SERVER_ERROR);
            body = SearchJson.error("the search failed; the dashboard's log has the reason");
        }
        Body.send(exchange, body);
    }

    /** The last part of the path, a slash in it encoded. Undertow's own decoding leaves %2F as it is. */
    private static String id(HttpServerExchange exchange) {
        String path = exchange.getRequestURI();
        String encoded = path.substring(path.indexOf(OFFERS) + OFFERS.length() + 1);
        try {
            return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new BadSearch("the id in the path is not encoded as it should be");
        }
    }

    private static String only(HttpServerExchange exchange, String name) {
        Map<String, Deque<String>> parameters = exchange.getQueryParameters();
        Deque<String> values = parameters.get(name);
        if (parameters.size() > 1 || values == null || values.size() != 1) {
            throw new BadSearch("the one parameter is " + name);
        }
        return values.getFirst();
    }
}
