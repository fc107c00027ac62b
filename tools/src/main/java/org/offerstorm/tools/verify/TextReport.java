package org.offerstorm.tools.verify;

import java.util.List;
import java.util.Locale;
import org.offerstorm.core.text.Quote;

/** The result for people. */
public final class TextReport {
    private TextReport() {}

    /** Lines with line ends: notes, a line for each kind of anomaly with its examples below, and the verdict. */
    public static String write(Result result) {
        StringBuilder text = new StringBuilder();
        result.notes().forEach(note -> line(text, note));
        if (result.exempted() > 0) {
            line(
                    text,
                    "refused by their store and in the dead letters, so that it may lack them: %,d",
                    result.exempted());
            examples(text, result.exemptions(), result.exempted());
        }
        for (Anomaly anomaly : result.anomalies()) {
            line(
                    text,
                    "%s: %,d %s",
                    anomaly.store().word(),
                    anomaly.count(),
                    anomaly.kind().word());
            examples(text, anomaly.examples(), anomaly.count());
        }
        line(text, "%s", verdict(result));
        return text.toString();
    }

    /** The last line. */
    public static String verdict(Result result) {
        String what = String.format(
                Locale.ROOT, "verify: %,d records, %,d live offers: ", result.records(), result.liveOffers());
        if (result.agree()) {
            List<String> compared = result.compared();
            String others = String.join(", ", compared.subList(0, compared.size() - 1));
            String last = compared.get(compared.size() - 1);
            return what + (others.isEmpty() ? last + " agree" : others + " and " + last + " agree");
        }
        return what
                + String.format(Locale.ROOT, "%,d %s", result.count(), result.count() == 1 ? "anomaly" : "anomalies");
    }

    private static void examples(StringBuilder text, List<Anomaly.Example> examples, long count) {
        for (Anomaly.Example example : examples) {
            String id = example.id() == null ? "" : Quote.of(example.id());
            String where = example.where() + (example.where().isEmpty() || id.isEmpty() ? "" : " ") + id;
            line(
                    text,
                    "  %s: %s",
                    where,
                    example.must().isEmpty() ? example.is() : "is " + example.is() + ", must be " + example.must());
        }
        if (count > examples.size()) {
            line(text, "  … and %,d more", count - examples.size());
        }
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values))
                .append('\n');
    }
}
