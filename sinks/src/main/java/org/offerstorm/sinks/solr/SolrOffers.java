package org.offerstorm.sinks.solr;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrDocumentList;
import org.apache.solr.common.util.NamedList;

/** Reads all documents back, tombstones too, over the handler {@code /verify}: for checks. Called by one thread. */
public final class SolrOffers {
    private static final String HANDLER = "/verify";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PAGE = 5_000;
    private static final int DOCUMENTS_AT_ONCE = 100;
    /** Jetty takes addresses of 8 KiB. */
    private static final int MAX_PARAMETER = 4_000;
    /** Stands in no id. */
    private static final String SEPARATOR = "\u0001";

    private static final String VERSIONS = String.join(
            ",", OfferFields.ID, OfferFields.VERSION, OfferFields.DELETED, OfferFields.CELL, OfferFields.VALID_THROUGH);
    private static final String ALL = String.join(
            ",",
            VERSIONS,
            OfferFields.CATEGORY,
            OfferFields.CONTINENT,
            OfferFields.PROFESSION_ID,
            OfferFields.CONTRACT_TYPE,
            OfferFields.NAME,
            OfferFields.LATITUDE,
            OfferFields.LONGITUDE,
            OfferFields.COMPANY,
            OfferFields.DESCRIPTION,
            OfferFields.PUBLISHED_AT,
            OfferFields.DETAILS);

    private final SolrCore core;
    private final Duration timeout;

    /** Does not connect. */
    public SolrOffers(SolrConfig config) {
        this.core = new SolrCore(config);
        this.timeout = config.timeout();
    }

    /**
     * Hands over id, version, cell, valid_through and whether it is deleted of every document, as they are visible now (see
     * {@link SolrCounts#commit()}), in the order of the ids.
     *
     * @throws IOException if Solr cannot be asked, with what to do; some may have been handed over before
     */
    public void forEach(Consumer<IndexedOffer> offers) throws IOException {
        String cursor = "*";
        while (true) {
            NamedList<?> answer = core.get(
                    HANDLER,
                    Map.of(
                            "q",
                            "*:*",
                            "fl",
                            VERSIONS,
                            "sort",
                            OfferFields.ID + " asc",
                            "rows",
                            Integer.toString(PAGE),
                            "cursorMark",
                            cursor),
                    Deadline.after(PATIENCE));
            for (SolrDocument document : documents(answer)) {
                IndexedOffer offer = IndexedOffer.of(document);
                if (!offer.id().isBlank()) { // else the source guard or the doctor's probe: no offer has a blank id
                    offers.accept(offer);
                }
            }
            String next = String.valueOf(answer.get("nextCursorMark"));
            if (next.equals(cursor)) {
                return;
            }
            cursor = next;
        }
    }

    /**
     * Hands over all fields of these documents; ids without one are left out.
     *
     * @throws IOException if Solr cannot be asked, with what to do
     */
    public void forEach(List<String> ids, Consumer<IndexedOffer> offers) throws IOException {
        StringBuilder some = new StringBuilder();
        int count = 0;
        int length = 0;
        for (String id : ids) {
            int more = URLEncoder.encode(id, StandardCharsets.UTF_8).length() + 3;
            if (count == DOCUMENTS_AT_ONCE || (count > 0 && length + more > MAX_PARAMETER)) {
                find(some.toString(), offers);
                some.setLength(0);
                count = 0;
                length = 0;
            }
            some.append(count++ == 0 ? "" : SEPARATOR).append(id);
            length += more;
        }
        if (count > 0) {
            find(some.toString(), offers);
        }
    }

    /**
     * Id, version, cell and whether it is deleted of one document as it is written, searchable or not (by real-time get); empty if
     * there is none.
     *
     * @throws IOException if Solr cannot be asked, with what to do
     */
    public Optional<IndexedOffer> newest(String id) throws IOException {
        return core.document(id, VERSIONS, Deadline.after(timeout)) instanceof SolrDocument document
                ? Optional.of(IndexedOffer.of(document))
                : Optional.empty();
    }

    private void find(String ids, Consumer<IndexedOffer> offers) throws IOException {
        NamedList<?> answer = core.get(
                HANDLER,
                Map.of(
                        "q", "{!terms f=" + OfferFields.ID + " separator=$between v=$wanted}",
                        "between", SEPARATOR,
                        "wanted", ids, // a parameter "ids" is Solr's own, and replaces the query
                        "fl", ALL,
                        "rows", Integer.toString(DOCUMENTS_AT_ONCE)),
                Deadline.after(PATIENCE));
        documents(answer).forEach(document -> offers.accept(IndexedOffer.of(document)));
    }

    private SolrDocumentList documents(NamedList<?> answer) throws SolrOutage {
        if (answer.get("response") instanceof SolrDocumentList documents) {
            return documents;
        }
        throw new SolrOutage(core.address() + " has no handler " + HANDLER + "; is it a core of conf/solr/offers?");
    }
}
