package org.offerstorm.solr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.custom.CustomAnalyzer;
import org.apache.lucene.util.ClasspathResourceLoader;
import org.offerstorm.topology.ReferenceTable;
import org.offerstorm.topology.generate.Event;
import org.offerstorm.topology.generate.Mix;
import org.offerstorm.topology.generate.OfferGenerator;
import org.offerstorm.topology.generate.Profile;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Time and bytes per text: taken apart into words, by Lucene's mapping of names, by ours, and without any. */
@State(Scope.Benchmark)
public class MappingBenchmark {
    private static final int TEXTS = 1_000;

    /** The {@code charFilter}. */
    @Param({"mapping", "quickMapping", "none"})
    public String filter;

    /** Of how many generated descriptions a text is made. */
    @Param({"1", "10"})
    public int descriptions;

    private final List<String> texts = new ArrayList<>();
    private Analyzer analyzer;

    @Setup
    public void prepare() throws IOException {
        OfferGenerator generator = new OfferGenerator(7, ReferenceTable.builtIn(), Mix.USUAL, Profile.REAL);
        while (texts.size() < TEXTS) {
            StringBuilder text = new StringBuilder();
            for (int n = 0; n < descriptions; ) {
                String description = description(generator.next());
                if (!description.isEmpty()) {
                    text.append(description).append('\n');
                    n++;
                }
            }
            texts.add(text.toString());
        }
        CustomAnalyzer.Builder builder =
                CustomAnalyzer.builder(new ClasspathResourceLoader(MappingBenchmark.class.getClassLoader()));
        if (!filter.equals("none")) {
            builder.addCharFilter(filter, "mapping", "conf/solr/offers/conf/mapping.txt");
        }
        analyzer = builder.withTokenizer("standard").build();
    }

    @Benchmark
    @OperationsPerInvocation(TEXTS)
    public void words(Blackhole blackhole) throws IOException {
        for (String text : texts) {
            try (TokenStream words = analyzer.tokenStream("text", text)) {
                words.reset();
                int count = 0;
                while (words.incrementToken()) {
                    count++;
                }
                words.end();
                blackhole.consume(count);
            }
        }
    }

    private static String description(Event event) throws JsonProcessingException {
        return event.kind() == Event.Kind.INSERT
                ? new ObjectMapper().readTree(event.line()).path("description").asText("")
                : "";
    }
}
