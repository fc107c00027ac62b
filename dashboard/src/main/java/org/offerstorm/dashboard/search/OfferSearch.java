package org.offerstorm.dashboard.search;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.offerstorm.core.reference.Professions;
import org.offerstorm.dashboard.search.SearchRequest.Filter;
import org.offerstorm.dashboard.search.SearchResult.Fewer;
import org.offerstorm.dashboard.search.SearchResult.Help;
import org.offerstorm.dashboard.search.SearchResult.Hit;
import org.offerstorm.dashboard.search.SearchResult.Without;
import org.offerstorm.sinks.solr.Configset;
import org.offerstorm.sinks.solr.IndexedOffer;
import org.offerstorm.sinks.solr.QueryAnswer;
import org.offerstorm.sinks.solr.QueryAnswer.Spelling;
import org.offerstorm.sinks.solr.QueryParameters;
import org.offerstorm.sinks.solr.SolrConfig;
import org.offerstorm.sinks.solr.SolrQueries;
import org.offerstorm.sinks.solr.SolrQueries.Refused;

/** Searches the live offers. Safe for use by several threads; each call waits for Solr, at most 5 s a question. */
public final class OfferSearch {
    private static final String HANDLER = "/offers";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    /** Words of which one each is left out when nothing fits. */
    private static final int MOST_TO_LEAVE_OUT = 5;

    private static final int MOST_TO_QUOTE = 60;
    private static final int MAX_ID = 512;

    private final SolrQueries solr;
    private final ResponseReader reader;
    private final Professions professions;
    private final InstantSource clock;
    private final Cursors cursors;
    private final Highlights highlights;
    /** Words that the index leaves out. */
    private final Set<String> ignored;

    /**
     * Does not connect.
     *
     * @throws IllegalArgumentException if {@code solr.url} is not an address
     */
    public OfferSearch(SolrConfig config, Professions professions, InstantSource clock) {
        SecureRandom random = new SecureRandom();
        this.solr = new SolrQueries(config);
        this.reader = new ResponseReader(professions);
        this.professions = professions;
        this.clock = clock;
        this.cursors = new Cursors(random);
        this.highlights = Highlights.random(random);
        this.ignored = Configset.stopWords();
    }

    /**
     * Reads a request from the parameters of a URL.
     *
     * @throws BadSearch if it means nothing
     */
    public SearchRequest read(Map<String, ? extends Collection<String>> parameters) {
        return RequestReader.read(parameters, clock, cursors, professions::spelling);
    }

    /**
     * One page of offers, and with the first what goes with them.
     *
     * @throws BadSearch if the cursor is not from this search
     * @throws IOException if Solr does not answer, with what to do
     */
    public SearchResult search(SearchRequest request) throws IOException {
        if (request.words().isWordless()) {
            return SearchResult.nothing(nothingIn(request, "it has neither letters nor digits"));
        }
        QueryAnswer answer;
        try {
            answer = ask(Parameters.search(request, highlights, clock.instant()));
        } catch (Refused e) {
            if (request.firstPage()) {
                throw e;
            }
            throw new BadSearch("cursor is not from this search; start the search again");
        }
        List<Hit> hits = reader.hits(answer, request.near(), highlights);
        String mark = answer.nextCursor();
        boolean more = hits.size() == request.rows() && mark != null && !mark.equals(request.cursor());
        long total = answer.found();
        boolean first = request.firstPage();
        if (first && total == 0 && request.words().isOnly(ignored)) {
            return SearchResult.nothing(nothingIn(request, "words such as these are in nearly every offer"));
        }
        return new SearchResult(
                total,
                answer.complete(),
                hits,
                first ? reader.facets(answer, request) : Map.of(),
                first && request.heat() != null ? reader.heat(answer) : null,
                more ? cursors.seal(mark, request.order()) : null,
                first && total == 0 ? help(request) : null,
                null);
    }

    private static String nothingIn(SearchRequest request, String why) {
        String typed = request.words().typed(); // without control characters and marks of direction
        boolean isLong = typed.codePointCount(0, typed.length()) > MOST_TO_QUOTE;
        String shown = isLong ? typed.substring(0, typed.offsetByCodePoints(0, MOST_TO_QUOTE)) + "…" : typed;
        return "there is nothing to search for in “" + shown + "”: " + why;
    }

    /**
     * One offer with all its fields, or null if there is none or it was deleted.
     *
     * @throws BadSearch if no offer can have such an id
     * @throws IOException if Solr does not answer, with what to do
     */
    public Hit offer(String id) throws IOException {
        if (id.isBlank() || id.length() > MAX_ID) {
            throw new BadSearch("no offer has such an id");
        }
        QueryParameters query = new QueryParameters();
        query.set("facet", false);
        query.set("hl", false);
        query.set("spellcheck", false);
        query.set("filter.id", id);
        query.add("fq", "{!term f=id v=$filter.id}");
        query.set("fl", Parameters.FIELDS + ",description");
        query.set("rows", 1);
        List<IndexedOffer> found = ask(query).offers();
        return found.isEmpty() ? null : reader.whole(found.get(0));
    }

    /**
     * Titles and categories for what is being typed, those that fit best first.
     *
     * @throws BadSearch if it is too long
     * @throws IOException if Solr does not answer, with what to do
     */
    public List<Suggestions.Suggestion> suggest(String typed) throws IOException {
        Words words = Words.of(typed);
        if (words.isEmpty()) {
            return List.of();
        }
        QueryParameters query = Suggestions.query(words);
        return Suggestions.of(words, ask(query));
    }

    private Help help(SearchRequest request) throws IOException {
        QueryAnswer answer = ask(Parameters.help(request));
        List<Without> without = new ArrayList<>();
        for (Filter filter : request.filters()) {
            long count = answer.count(filter.tag());
            if (count > 0) {
                without.add(new Without(filter.tag(), count));
            }
        }
        if (request.filters().size() > 1 && without.isEmpty()) {
            long all = ask(Parameters.count(request.bare(request.words()))).found();
            if (all > 0) {
                without.add(new Without("all", all));
            }
        }
        Spelling spelling = answer.spelling();
        boolean bare = spelling == null && !request.filters().isEmpty();
        if (bare) {
            spelling = ask(Parameters.help(request.bare(request.words()))).spelling();
        }
        return new Help(
                spelling == null ? null : spelling.query().replace("\\", ""),
                spelling == null ? 0 : spelling.found(),
                bare,
                without,
                fewer(request));
    }

    private List<Fewer> fewer(SearchRequest request) throws IOException {
        List<Fewer> fewer = new ArrayList<>();
        int terms = request.words().terms().size();
        if (terms < 2 || terms > MOST_TO_LEAVE_OUT) {
            return fewer;
        }
        for (int i = 0; i < terms; i++) {
            Words rest = request.words().without(i);
            if (!rest.isEmpty()) {
                long total = ask(Parameters.count(request.with(rest))).found();
                if (total > 0) {
                    fewer.add(new Fewer(rest.text(), total));
                }
            }
        }
        fewer.sort((a, b) -> Long.compare(a.total(), b.total()));
        return fewer;
    }

    private QueryAnswer ask(QueryParameters query) throws IOException {
        return solr.ask(HANDLER, query, TIMEOUT);
    }
}
