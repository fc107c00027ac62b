package org.offerstorm.tools.verify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.offerstorm.tools.report.Json;

/** The result for programs; docs/verify.md describes the fields. */
public final class JsonReport {
    private JsonReport() {}

    /** One JSON object, with a line end. */
    public static String write(Result result) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("agree", result.agree());
        root.put("records", result.records());
        root.put("rejected", result.rejected());
        root.put("live_offers", result.liveOffers());
        result.compared().forEach(root.putArray("compared")::add);
        ArrayNode anomalies = root.putArray("anomalies");
        for (Anomaly anomaly : result.anomalies()) {
            ObjectNode node = anomalies.addObject();
            node.put("store", anomaly.store().word());
            node.put("kind", anomaly.kind().word());
            node.put("count", anomaly.count());
            examples(node.putArray("examples"), anomaly.examples());
        }
        ObjectNode refused = root.putObject("refused_by_solr");
        refused.put("count", result.exempted());
        examples(refused.putArray("examples"), result.exemptions());
        result.notes().forEach(root.putArray("notes")::add);
        return Json.of(root);
    }

    private static void examples(ArrayNode array, List<Anomaly.Example> examples) {
        for (Anomaly.Example example : examples) {
            ObjectNode node = array.addObject();
            node.put("where", example.where());
            node.put("id", example.id());
            node.put("is", example.is());
            node.put("must", example.must());
        }
    }
}
