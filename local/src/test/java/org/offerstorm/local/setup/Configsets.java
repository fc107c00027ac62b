package org.offerstorm.local.setup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
        for (String file : Configset.FILES) {
            Files.writeString(conf.resolve(file), packaged(file));
        }
        Files.writeString(conf.resolve("schema.xml"), schema.apply(packaged("schema.xml")));
        Files.writeString(conf.resolve("solrconfig.xml"), config.apply(packaged("solrconfig.xml")));
    }

    private static String packaged(String file) throws IOException {
        try (InputStream in = Configsets.class.getClassLoader().getResourceAsStream("conf/solr/offers/conf/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
