package org.offerstorm.dashboard.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.offerstorm.sinks.solr.IndexedOffer;
import org.offerstorm.sinks.solr.QueryAnswer;
import org.offerstorm.sinks.solr.QueryParameters;

/**
 * What the search box proposes: titles of the best offers as people would type them, and categories. They come from the
 * live offers at the moment of asking; there is no list to build.
 */
public final class Suggestions {
    private static final int TITLES = 7;
    private static final int CATEGORIES = 3;
    private static final int LOOK_AT = 60;
    private static final int MAX_TITLE = 70;

    /** (H/F), (m/f/x), H/F, F-H: what titles carry for the law. */
    private static final Pattern GENDERS =
            Pattern.compile("\\(?\\b[hfmwdx](\\s?[/-]\\s?[hfmwdx]){1,2}\\b\\)?", Pattern.CASE_INSENSITIVE);

    private static final Pattern TAIL = Pattern.compile("[\\s,;:.!?/|\\\\(<–—·«»\\p{So}-]+$");
    private static final Pattern HEAD = Pattern.compile("^[\\s,;:!?/|\\\\=<–—·«»\\p{So}-]+");

    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
    /** Soft hyphens, joiners, marks of direction: a title that differs in these alone is the same. */
    private static final Pattern NOT_READ = Pattern.compile("\\p{Cf}+");

    /** The categories of all live offers, regardless of their titles. */
    private static final String ALL_CATEGORIES =
            "{category:{type:terms,field:category,limit:100,domain:{query:\"*:* -deleted:true\"}}}";

    private Suggestions() {}

    /**
     * A proposal.
     *
     * @param kind {@code title} or {@code category}
     */
    public record Suggestion(String kind, String text, long count) {}

    static QueryParameters query(Words words) {
        QueryParameters query = new QueryParameters();
        query.set("q", words.query(true));
        if (words.terms().size() == 1) {
            query.set("mm", 1);
        }
        query.set("qf", "name^6 labels^2");
        query.set("facet", false);
        query.set("hl", false);
        query.set("spellcheck", false);
        query.set("fl", "name");
        query.set("rows", LOOK_AT);
        query.set("json.facet", ALL_CATEGORIES);
        return query;
    }

    static List<Suggestion> of(Words words, QueryAnswer answer) {
        Map<String, Suggestion> titles = new LinkedHashMap<>();
        for (IndexedOffer offer : answer.offers()) {
            String title = tidy(Folded.composed(String.valueOf(offer.name())));
            if (!title.isEmpty() && title.length() <= MAX_TITLE) {
                titles.merge(
                        Folded.of(title),
                        new Suggestion("title", title, 1),
                        (a, b) -> new Suggestion("title", a.text(), a.count() + 1));
            }
        }
        List<Suggestion> suggestions = new ArrayList<>(categories(words, answer));
        titles.values().stream().limit(TITLES).forEach(suggestions::add);
        return suggestions;
    }

    /** Categories of which a word begins with what is typed. */
    private static List<Suggestion> categories(Words words, QueryAnswer answer) {
        String typed = Folded.of(words.text());
        return answer.buckets("category").stream()
                .filter(bucket -> beginsWith(Folded.of(bucket.value()), typed))
                .limit(CATEGORIES)
                .map(bucket -> new Suggestion("category", bucket.value(), bucket.count()))
                .toList();
    }

    private static boolean beginsWith(String text, String typed) {
        return text.startsWith(typed) || text.contains(" " + typed);
    }

    private static String tidy(String title) {
        String text = GENDERS.matcher(
                        NOT_READ.matcher(BLANKS.matcher(title).replaceAll(" ")).replaceAll(""))
                .replaceAll("");
        return HEAD.matcher(TAIL.matcher(text).replaceAll("")).replaceAll("").replaceAll(" {2,}", " ");
    }
}
