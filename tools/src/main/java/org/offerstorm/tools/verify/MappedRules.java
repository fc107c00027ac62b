package org.offerstorm.tools.verify;

import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.model.Upsert;
import org.offerstorm.core.parse.ParseResult;
import org.offerstorm.core.parse.RecordParser;

/**
 * The verdict of a mapping, by the pipeline's own parser: what a mapping means is said nowhere else. So a mistake of that
 * parser does not show; docs/verify.md says it. Used by one thread.
 */
final class MappedRules implements Rules {
    private static final SourcePosition ANYWHERE = new SourcePosition(0, 0, 0);

    private final RecordParser parser;

    MappedRules(RecordParser parser) {
        this.parser = parser;
    }

    @Override
    public Verdict judge(byte[] key, byte[] value) {
        return of(parser.parse(new SourceRecord(ANYWHERE, key, value)));
    }

    /** The pipeline's verdict as one of this package. */
    static Verdict of(ParseResult result) {
        if (result instanceof ParseResult.Rejected rejected) {
            return new Verdict.Rejected(rejected.reason().code());
        }
        ParseResult.Accepted accepted = (ParseResult.Accepted) result;
        return new Verdict.Accepted(
                accepted.change().id(), accepted.change() instanceof Upsert upsert ? plain(upsert.offer()) : null);
    }

    private static PlainOffer plain(Offer offer) {
        return new PlainOffer(
                offer.hasProfession() ? (Long) offer.professionId() : null,
                offer.contractType(),
                offer.name(),
                offer.hasLocation() ? (Double) offer.latitude() : null,
                offer.hasLocation() ? (Double) offer.longitude() : null,
                offer.company(),
                offer.description(),
                offer.hasPublishedAt() ? (Long) offer.publishedAtMillis() : null,
                offer.details().category(),
                PlainDetails.of(offer.details()));
    }
}
