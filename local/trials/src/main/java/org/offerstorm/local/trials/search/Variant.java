package org.offerstorm.local.trials.search;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A schema to compare: conf/solr/offers with one thing changed.
 *
 * @param core its core
 * @param title what is changed
 */
record Variant(String core, String title, UnaryOperator<String> change) {
    static final Variant AS_IS = new Variant("offers", "as it is", UnaryOperator.identity());

    /** Each differs from the schema in one thing. */
    static List<Variant> all() {
        return List.of(
                AS_IS,
                new Variant(
                        "stockids",
                        "ids without a filter (a Solr without offerstorm-solr.jar)",
                        schema -> schema.replace("${offerstorm.solr.idType:string}", "string")),
                new Variant(
                        "two",
                        "two analysed copies, French and English",
                        schema -> field(
                                schema,
                                "<field name=\"text2\" type=\"text\" indexed=\"true\" stored=\"false\" multiValued=\"true\"/>"
                                        + copies("text2", "name", "company", "description"))),
                new Variant(
                        "one",
                        "one stemmer an offer (as after detecting its language, that not counted)",
                        schema -> schema.replace("<filter name=\"porterStem\"/>", "")),
                new Variant(
                        "nowords",
                        "without words and labels",
                        schema -> schema.replaceAll(
                                "<copyField source=\"(name|category|contract_type)\" dest=\"(words|labels)\"/>", "")),
                new Variant(
                        "title",
                        "description stored, not searched",
                        schema -> schema.replace(
                                "<field name=\"description\" type=\"text\" indexed=\"true\"",
                                "<field name=\"description\" type=\"string\" docValues=\"false\" indexed=\"false\"")),
                new Variant(
                        "unstored",
                        "description searched, not stored",
                        schema -> schema.replace(
                                "<field name=\"description\" type=\"text\" indexed=\"true\" stored=\"true\"/>",
                                "<field name=\"description\" type=\"text\" indexed=\"true\" stored=\"false\"/>")),
                new Variant(
                        "noheat",
                        "without the field of heat maps",
                        schema -> schema.replace(
                                "<field name=\"location\" type=\"heatmap\" indexed=\"true\"",
                                "<field name=\"location\" type=\"string\" docValues=\"false\" indexed=\"false\"")),
                new Variant(
                        "fineheat",
                        "heat maps to 0.01°",
                        schema -> schema.replace("maxDistErr=\"0.1\"", "maxDistErr=\"0.01\"")),
                new Variant(
                        "noplace",
                        "without the field of distances",
                        schema -> schema.replace("<copyField source=\"location\" dest=\"place\"/>", "")),
                new Variant(
                        "enums",
                        "enumerations as docValues alone",
                        schema -> schema.replaceAll(
                                "<field name=\"(category|continent|contract_type_facet)\" type=\"string\" indexed=\"true\"",
                                "<field name=\"$1\" type=\"string\" indexed=\"false\"")),
                new Variant(
                        "numbers",
                        "profession and date as points, too",
                        schema -> schema.replaceAll(
                                "<field name=\"(profession_id|published_at)\" type=\"(\\w+)\" indexed=\"false\"",
                                "<field name=\"$1\" type=\"$2\" indexed=\"true\"")));
    }

    /** @throws IllegalStateException if the schema is no longer what the variant changes */
    String apply(String schema) {
        String changed = change.apply(schema);
        if (!equals(AS_IS) && changed.equals(schema)) {
            throw new IllegalStateException("variant " + core + " finds nothing to change in schema.xml");
        }
        return changed;
    }

    private static String field(String schema, String more) {
        return schema.replace("</uniqueKey>", "</uniqueKey>" + more);
    }

    private static String copies(String to, String... from) {
        StringBuilder copies = new StringBuilder();
        for (String field : from) {
            copies.append("<copyField source=\"")
                    .append(field)
                    .append("\" dest=\"")
                    .append(to)
                    .append("\"/>");
        }
        return copies.toString();
    }
}
