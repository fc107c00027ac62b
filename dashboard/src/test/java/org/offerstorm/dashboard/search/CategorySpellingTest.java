package org.offerstorm.dashboard.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.reference.Professions;
import org.offerstorm.core.reference.ProfessionsReader;
import org.offerstorm.sinks.solr.Solr;
import org.offerstorm.tools.config.ConfigLoader;

class CategorySpellingTest {
    @Test
    void a_category_that_looks_like_one_of_the_table_is_meant() throws IOException {
        Professions professions = ProfessionsReader.read(
                new ByteArrayInputStream("id,name,category_name\n1,a,De\u0301veloppement\u00A0web\n".getBytes(UTF_8)),
                "t");
        OfferSearch search =
                new OfferSearch(ConfigLoader.defaults().of(Solr.KIND), DataSet.of(professions), InstantSource.system());

        SearchRequest request = search.read(Map.of("category", List.of("Développement web", "Other\u00A0one")));

        assertThat(request.categories()).containsExactly("De\u0301veloppement\u00A0web", "Other\u00A0one");
    }
}
