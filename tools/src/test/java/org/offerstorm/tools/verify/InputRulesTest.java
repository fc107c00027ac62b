package org.offerstorm.tools.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.offerstorm.core.model.Details;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.Salary;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.parse.CatalogueRows.Row;
import org.offerstorm.core.parse.OfferParser;
import org.offerstorm.core.parse.ParseResult;

/** The rules, written down twice, give one verdict: on every row of the catalogue of bad input. */
class InputRulesTest {
    private static final byte[] A1 = {'a', '1'};

    private final InputRules rules = new InputRules();

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.offerstorm.core.parse.CatalogueRows#all")
    void each_row_has_its_verdict(Row row) {
        Verdict verdict = rules.judge(row.record().key(), row.record().value());

        assertThat(text(verdict)).isEqualTo(row.verdict());
        if (row.check() != null) {
            row.check().accept(offer((Verdict.Accepted) verdict));
        }
    }

    /** What can be seen is said twice, too: for each character alone as a name, as an id and as a key. */
    @Test
    void each_character_alone_has_one_verdict() {
        OfferParser parser = new OfferParser();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if ((c > 0x20000 && c < 0xE0000) || Character.getType(c) == Character.SURROGATE) {
                continue; // ideographs, and code points without a character
            }
            String text = Character.toString(c);
            byte[] key = text.getBytes(UTF_8);
            String escaped = text.chars()
                    .mapToObj(unit -> String.format("\\u%04x", unit))
                    .collect(Collectors.joining());
            byte[] named = ("{\"id\":\"a1\",\"name\":\"" + escaped + "\"}").getBytes(UTF_8);
            byte[] identified = ("{\"id\":\"" + escaped + "\",\"name\":\"n\"}").getBytes(UTF_8);
            byte[] inAddress = withAddress("https://jobs.example/" + escaped + "?q=1");
            byte[] asHost = withAddress("HTTP://" + escaped);
            for (byte[][] record : new byte[][][] {
                {A1, named}, {A1, identified}, {key, null}, {key, identified}, {A1, inAddress}, {A1, asHost}
            }) {
                ParseResult parsed = parser.parse(new SourceRecord(new SourcePosition(0, 0, 0), record[0], record[1]));
                String reason = parsed instanceof ParseResult.Rejected rejected
                        ? rejected.reason().code()
                        : record[1] == null ? "delete" : "upsert";
                assertThat(text(rules.judge(record[0], record[1])))
                        .as("U+%04X", c)
                        .isEqualTo(reason);
            }
        }
    }

    private static byte[] withAddress(String escaped) {
        return ("{\"id\":\"a1\",\"name\":\"n\",\"url\":\"" + escaped + "\"}").getBytes(UTF_8);
    }

    private static String text(Verdict verdict) {
        if (verdict instanceof Verdict.Rejected rejected) {
            return rejected.reason();
        }
        return ((Verdict.Accepted) verdict).offer() == null ? "delete" : "upsert";
    }

    private static Offer offer(Verdict.Accepted accepted) {
        PlainOffer offer = accepted.offer();
        return new Offer(
                accepted.id(),
                offer.professionId() == null ? Offer.NO_PROFESSION : offer.professionId(),
                offer.contractType(),
                offer.name(),
                offer.latitude() == null ? Double.NaN : offer.latitude(),
                offer.longitude() == null ? Double.NaN : offer.longitude(),
                offer.company(),
                offer.description(),
                offer.publishedAtMillis() == null ? Offer.NO_DATE : offer.publishedAtMillis(),
                details(offer));
    }

    private static Details details(PlainOffer offer) {
        PlainDetails details = offer.details();
        Salary salary = new Salary(
                details.salaryMin() == null ? Double.NaN : details.salaryMin(),
                details.salaryMax() == null ? Double.NaN : details.salaryMax(),
                details.salaryCurrency(),
                details.salaryPeriod());
        return new Details(
                offer.category(),
                details.url(),
                details.city(),
                details.country(),
                details.remote(),
                salary.equals(new Salary(Double.NaN, Double.NaN, null, null)) ? null : salary,
                details.validThroughMillis() == null ? Offer.NO_DATE : details.validThroughMillis(),
                List.of());
    }
}
