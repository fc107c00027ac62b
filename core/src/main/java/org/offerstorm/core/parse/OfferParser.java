package org.offerstorm.core.parse;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import org.offerstorm.core.model.Delete;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.model.Upsert;
import org.offerstorm.core.parse.ParseResult.Accepted;
import org.offerstorm.core.parse.ParseResult.Rejected;

/**
 * Parses records of the topic into changes, or says why not. Each parsing task has its own; one thread. Never throws for
 * anything that a record holds.
 *
 * <p>Streams over the bytes, builds no tree: the cost is that of the document, at most {@link Limits#DOCUMENT_BYTES}. An
 * offer as nearly all are written is read by {@link UsualOffer}, with the same result at half the cost.
 */
public final class OfferParser implements RecordParser {
    private final DocumentReader reader;
    private final OfferDraft draft = new OfferDraft();
    /** Null if every document is read strictly. */
    private final UsualOffer usual;

    private int unknownFields;

    public OfferParser() {
        this(new DocumentReader(), new UsualOffer());
    }

    OfferParser(JsonFactory factory) {
        this(new DocumentReader(factory), null);
    }

    private OfferParser(DocumentReader reader, UsualOffer usual) {
        this.reader = reader;
        this.usual = usual;
    }

    /** One without the short way for usual documents: the judge of the other. */
    static OfferParser strict() {
        return new OfferParser(new DocumentReader(), null);
    }

    /**
     * The verdict on one record. The change holds the record's arrays, not copies.
     *
     * @return an {@link Upsert} without cell or a {@link Delete} if accepted
     */
    @Override
    public ParseResult parse(SourceRecord record) {
        unknownFields = 0;
        try {
            String id = Keys.id(record.key());
            byte[] value = record.value();
            if (value == null) {
                return new Accepted(new Delete(record.position(), id));
            }
            Offer offer = usual == null ? null : usual.read(id, record.key(), value);
            return new Accepted(
                    new Upsert(record.position(), offer == null ? readStrictly(id, value) : offer, null, value));
        } catch (Refused refused) {
            return refused.result();
        } catch (IOException | RuntimeException e) {
            // A bug, ours or Jackson's. Thrown, it would end the worker, and again at every replay of the record.
            return new Rejected(Reason.PARSER_FAILED, "the parser failed, please report this: " + e);
        }
    }

    private Offer readStrictly(String id, byte[] value) throws IOException {
        draft.begin(id);
        try {
            reader.read(value, draft);
        } finally {
            unknownFields = reader.unknownNames();
        }
        return draft.finish();
    }

    /** Fields of the last document, as far as it was read, that no offer has: they are ignored. */
    @Override
    public int unknownFields() {
        return unknownFields;
    }
}
