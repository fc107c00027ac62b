package org.offerstorm.tools.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.parse.CatalogueRows.Row;

/** The rules, written down twice, give one verdict: on every row of the catalogue of bad input. */
class InputRulesTest {
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
                offer.publishedAtMillis() == null ? Offer.NO_DATE : offer.publishedAtMillis());
    }
}
