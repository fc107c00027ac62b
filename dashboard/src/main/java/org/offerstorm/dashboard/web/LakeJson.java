package org.offerstorm.dashboard.web;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.offerstorm.dashboard.lake.LakeCounts;
import org.offerstorm.dashboard.lake.LakeRange;

/** The documents about the lake. */
final class LakeJson {
    private LakeJson() {}

    /** A table, as {@link Api#counts} has that of Redis; in place of the latest change it says up to where it is counted. */
    static byte[] counts(LakeCounts counts) {
        return JsonDocument.document(json -> {
            json.writeStringField("from", counts.layer().word());
            json.writeStringField("at", counts.at() == null ? null : counts.at().toString());
            json.writeStringField("countedTo", counts.countedTo());
            known(json, counts.range());
            Api.table(json, counts.counts());
        });
    }

    /** There is no lake to ask. */
    static byte[] none() {
        return JsonDocument.document(json -> json.writeBooleanField("served", false));
    }

    /** There is one that does not answer. */
    static byte[] away(String problem) {
        return JsonDocument.document(json -> {
            json.writeBooleanField("served", true);
            json.writeStringField("problem", problem);
        });
    }

    /** Of which time it knows anything. */
    static byte[] range(LakeRange range) {
        return JsonDocument.document(json -> {
            json.writeBooleanField("served", true);
            known(json, range);
        });
    }

    private static void known(JsonGenerator json, LakeRange range) throws IOException {
        json.writeStringField("offsets", range.offsets());
        json.writeStringField("publishedAt", range.publishedAt().toString());
        json.writeStringField(
                "first", range.first() == null ? null : range.first().toString());
    }
}
