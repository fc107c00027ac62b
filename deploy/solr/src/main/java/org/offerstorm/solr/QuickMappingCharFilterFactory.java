package org.offerstorm.solr;

import java.io.Reader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.charfilter.MappingCharFilterFactory;
import org.apache.lucene.analysis.charfilter.NormalizeCharMap;

/**
 * Lucene's {@code mapping}, with the same file and the same result. Lucene's hands on each character by itself, which is the
 * most expensive step of taking an offer apart; of an offer's characters hardly one begins anything to be replaced.
 */
public final class QuickMappingCharFilterFactory extends MappingCharFilterFactory {
    /** What a schema's {@code charFilter} names. */
    public static final String NAME = "quickMapping";

    /** A line that Lucene's parser has accepted. */
    private static final Pattern RULE = Pattern.compile("\"(.*)\"\\s*=>\\s*\"(.*)\"\\s*$");

    private CharMapping mapping = new CharMapping(Map.of());

    /** Called by Solr with the attributes of {@code mapping}. */
    public QuickMappingCharFilterFactory(Map<String, String> args) {
        super(args);
    }

    /** For the search by name alone; not to be called otherwise. */
    public QuickMappingCharFilterFactory() {
        throw defaultCtorException();
    }

    @Override
    protected void parseRules(List<String> rules, NormalizeCharMap.Builder builder) {
        super.parseRules(rules, builder);
        Map<String, String> replacements = new LinkedHashMap<>();
        for (String rule : rules) {
            Matcher parts = RULE.matcher(rule);
            if (parts.find()) {
                replacements.put(parseString(parts.group(1)), parseString(parts.group(2)));
            }
        }
        mapping = new CharMapping(replacements);
    }

    @Override
    public Reader create(Reader input) {
        return new QuickMappingCharFilter(mapping, input);
    }
}
