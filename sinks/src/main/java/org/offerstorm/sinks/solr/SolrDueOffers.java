package org.offerstorm.sinks.solr;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrDocumentList;
import org.apache.solr.common.util.NamedList;
import org.offerstorm.sinks.expiry.DueOffer;
import org.offerstorm.sinks.expiry.DueOffers;

/** Finds due offers by the points of {@code valid_through}. One thread; does not connect before the first call. */
public final class SolrDueOffers implements DueOffers {
    private static final String HANDLER = "/verify";
    private static final int DOCUMENTS_AT_ONCE = 100;
    /** Jetty takes addresses of 8 KiB. */
    private static final int MAX_PARAMETER = 4_000;

    private final SolrConfig config;
    private final SolrCore core;

    /** Does not connect. */
    public SolrDueOffers(SolrConfig config) {
        this.config = config;
        this.core = new SolrCore(config);
    }

    /** By Solr's clock as well: an offer is due when both say so, so one clock that is fast ends no offer early. */
    @Override
    public List<DueOffer> due(Instant now, int skip, int most) throws IOException {
        String range = OfferFields.VALID_THROUGH + ":[* TO ";
        NamedList<?> answer = ask(
                HANDLER,
                Map.of(
                        "q",
                        "*:*",
                        "fq",
                        "{!cache=false}+" + range + now + "] +" + range + "NOW] -" + OfferFields.DELETED + ":true",
                        "fl",
                        OfferFields.ID + "," + OfferFields.VERSION,
                        "sort",
                        OfferFields.VALID_THROUGH + " asc," + OfferFields.ID + " asc",
                        "start",
                        Integer.toString(skip),
                        "rows",
                        Integer.toString(most)));
        List<DueOffer> due = new ArrayList<>();
        for (SolrDocument document : documents(answer)) {
            due.add(offer(document));
        }
        return due;
    }

    /** By real-time get, which knows what is not searchable yet. */
    @Override
    public List<DueOffer> newest(List<DueOffer> offers) throws IOException {
        Map<String, Long> versions = new HashMap<>();
        StringBuilder some = new StringBuilder();
        int length = 0;
        int count = 0;
        for (DueOffer offer : offers) {
            String id = escaped(offer.id());
            int more = URLEncoder.encode(id, StandardCharsets.UTF_8).length() + 3;
            if (count == DOCUMENTS_AT_ONCE || (count > 0 && length + more > MAX_PARAMETER)) {
                get(some.toString(), versions);
                some.setLength(0);
                length = 0;
                count = 0;
            }
            some.append(count++ == 0 ? "" : ",").append(id);
            length += more;
        }
        if (count > 0) {
            get(some.toString(), versions);
        }
        return offers.stream()
                .filter(offer -> Long.valueOf(offer.version()).equals(versions.get(offer.id())))
                .toList();
    }

    private void get(String ids, Map<String, Long> versions) throws IOException {
        NamedList<?> answer = ask("/get", Map.of("ids", ids, "fl", OfferFields.ID + "," + OfferFields.VERSION));
        for (SolrDocument document : documents(answer)) {
            DueOffer offer = offer(document);
            versions.put(offer.id(), offer.version());
        }
    }

    private NamedList<?> ask(String handler, Map<String, String> params) throws IOException {
        try {
            return core.get(handler, params, Deadline.after(config.timeout()));
        } catch (SolrRefusal e) {
            throw new IOException(
                    e.getMessage() + "; a core of an earlier version has no field " + OfferFields.VALID_THROUGH
                            + ": give it the configset of this one (setup says how)",
                    e);
        }
    }

    private SolrDocumentList documents(NamedList<?> answer) throws SolrOutage {
        if (answer.get("response") instanceof SolrDocumentList documents) {
            return documents;
        }
        throw new SolrOutage(core.address() + " has no documents in its answer; is it a core of conf/solr/offers?");
    }

    private static DueOffer offer(SolrDocument document) {
        return new DueOffer(
                (String) document.getFieldValue(OfferFields.ID),
                document.getFieldValue(OfferFields.VERSION) instanceof Number version ? version.longValue() : 0);
    }

    /** Between commas. */
    private static String escaped(String id) {
        return id.replace("\\", "\\\\").replace(",", "\\,");
    }
}
