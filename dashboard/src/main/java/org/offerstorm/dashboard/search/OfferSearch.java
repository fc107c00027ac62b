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
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.text.NormalForm;
import org.offerstorm.dashboard.search.SearchResult.Fewer;
import org.offerstorm.dashboard.search.SearchResult.Help;
import org.offerstorm.dashboard.search.SearchResult.Hit;
import org.offerstorm.dashboard.search.SearchResult.Without;
import org.offerstorm.sinks.solr.Configset;
import org.offerstorm.sinks.solr.IndexedOffer;
import org.offerstorm.sinks.solr.OfferFields;
import org.offerstorm.sinks.solr.QueryAnswer;
import org.offerstorm.sinks.solr.QueryAnswer.Spelling;
import org.offerstorm.sinks.solr.QueryParameters;
import org.offerstorm.sinks.solr.SolrConfig;
import org.offerstorm.sinks.solr.SolrQueries;
import org.offerstorm.sinks.solr.SolrQueries.Refused;
import org.offerstorm.tools.figures.StoreCalls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Searches the live offers. Safe for use by several threads; each call waits for Solr, at most 5 s a question. */
public final class OfferSearch {
    private static final Logger log = LoggerFactory.getLogger(OfferSearch.class);

    private static final String HANDLER = "/offers";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    /** Words of which one each is left out when nothing fits. */
    private static final int MOST_TO_LEAVE_OUT = 5;

    private static final Duration OLDER = Duration.ofMinutes(1);
    private static final int MOST_TO_QUOTE = 60;
    private static final int MAX_ID = 512;

    private final SolrQueries solr;
    private final ResponseReader reader;
    private final DataSet data;
    private final FieldFilters fields;
    private final InstantSource clock;
    private final Cursors cursors;
    private final Highlights highlights;
    /** A core of an older schema is asked without facets of details until then, in {@link System#nanoTime()}. */
    private volatile long olderUntil = System.nanoTime();

    private final StoreCalls calls = new StoreCalls();
    /** Words that the index leaves out. */
    private final Set<String> ignored;

    /**
     * Does not connect.
     *
     * @throws IllegalArgumentException if {@code solr.url} is not an address
     */
    public OfferSearch(SolrConfig config, DataSet data, InstantSource clock) {
        SecureRandom random = new SecureRandom();
        this.solr = new SolrQueries(config);
        this.reader = new ResponseReader(data);
        this.data = data;
        this.fields = new FieldFilters(data.fields());
        this.clock = clock;
        this.cursors = new Cursors(random);
        this.highlights = Highlights.random(random);
        this.ignored = Configset.stopWords();
    }

    /** How Solr has answered. */
    public StoreCalls calls() {
        return calls;
    }

    /**
     * Reads a request from the parameters of a URL.
     *
     * @throws BadSearch if it means nothing
     */
    public SearchRequest read(Map<String, ? extends Collection<String>> parameters) {
        return RequestReader.read(parameters, clock, cursors, this::spelling, fields);
    }

    /** As the index has it: of a profession's category, or of one that the mapping counts. */
    private String spelling(String category) {
        if (data.mapping() != null) {
            for (String known : data.mapping().categories()) {
                if (NormalForm.areAlike(known, category)) {
                    return known;
                }
            }
        }
        return data.professions().spelling(category);
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
        PageStart start = request.firstPage() ? PageStart.first(clock.instant()) : request.cursor();
        QueryAnswer answer;
        try {
            answer = page(request, start);
        } catch (Refused e) {
            if (request.firstPage()) {
                throw e;
            }
            throw new BadSearch("cursor is not from this search; start the search again");
        }
        List<Hit> hits = reader.hits(answer, request.near(), highlights);
        String mark = answer.nextCursor();
        boolean more = hits.size() == request.rows() && mark != null && !mark.equals(start.mark());
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
                more ? cursors.seal(new PageStart(start.time(), mark).text(), request.order()) : null,
                first && total == 0 ? help(request) : null,
                null);
    }

    private QueryAnswer page(SearchRequest request, PageStart start) throws IOException {
        boolean older = System.nanoTime() - olderUntil < 0;
        try {
            return ask(Parameters.search(request, highlights, start, older ? null : data.fields()));
        } catch (Refused e) {
            if (!e.undefinedField()) {
                throw e;
            }
            String problem = solr.address() + " has an older schema, so nothing can be searched by salary, city and the"
                    + " like: copy the files of conf/solr/offers over those that the core was made from, and reload it";
            if (older || !request.wanted().equals(Wanted.NOTHING)) {
                throw new IOException(problem, e);
            }
            log.warn(problem);
            olderUntil = System.nanoTime() + OLDER.toNanos();
            return ask(Parameters.search(request, highlights, start, null));
        }
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
        query.set("fl", Parameters.FIELDS + ",description," + OfferFields.DETAILS);
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
        for (String filter : request.filters()) {
            long count = answer.count(filter);
            if (count > 0) {
                without.add(new Without(filter, count));
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
        return calls.time(() -> solr.ask(HANDLER, query, TIMEOUT));
    }
}
