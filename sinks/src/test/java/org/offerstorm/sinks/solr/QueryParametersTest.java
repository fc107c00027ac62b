package org.offerstorm.sinks.solr;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The form that a query is sent as. */
class QueryParametersTest {
    private final QueryParameters query = new QueryParameters();

    @Test
    void a_name_has_the_value_set_last_or_all_that_were_added() {
        query.set("rows", 10);
        query.add("fq", "a");
        query.set("rows", 0);
        query.add("fq", "b");
        query.set("facet", false);

        assertThat(query.form()).isEqualTo("rows=0&fq=a&fq=b&facet=false");
    }

    @Test
    void a_value_never_becomes_another_parameter() {
        query.set("q", "a&rows=9 é\u001f+");

        assertThat(query.form()).isEqualTo("q=a%26rows%3D9+%C3%A9%1F%2B");
    }
}
