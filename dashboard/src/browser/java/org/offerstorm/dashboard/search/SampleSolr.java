package org.offerstorm.dashboard.search;

import java.nio.file.Path;

/** A Solr with the sample offers, for the tests of all pages. */
public final class SampleSolr implements AutoCloseable {
    private final SearchFixture fixture;

    public SampleSolr(Path directory) throws Exception {
        fixture = new SearchFixture(directory);
    }

    public String url() {
        return fixture.solr.url();
    }

    @Override
    public void close() {
        fixture.close();
    }
}
