package org.offerstorm.tools.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.offerstorm.sinks.solr.Configset;

/** Puts variants of conf/solr/offers onto a Solr's disk, as an operator does with cp. */
final class Configsets {
    private Configsets() {}

    /** {@code HOME/configsets/NAME/conf}. */
    static void copy(Path solrHome, String name, UnaryOperator<String> schema, UnaryOperator<String> config)
            throws IOException {
        Path conf = Files.createDirectories(
                solrHome.resolve("configsets").resolve(name).resolve("conf"));
        Configset.copyTo(conf);
        rewrite(conf.resolve("schema.xml"), schema);
        rewrite(conf.resolve("solrconfig.xml"), config);
    }

    private static void rewrite(Path file, UnaryOperator<String> change) throws IOException {
        Files.writeString(file, change.apply(Files.readString(file)));
    }
}
