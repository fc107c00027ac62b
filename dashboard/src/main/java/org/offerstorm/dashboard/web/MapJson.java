package org.offerstorm.dashboard.web;

import java.util.Map;
import org.offerstorm.core.model.Continent;
import org.offerstorm.dashboard.map.WorldMap;

/** The map as the page draws it. */
final class MapJson {
    /** Where each continent's name and number are drawn: latitude, longitude. */
    private static final Map<Continent, double[]> LABELS = Map.of(
            Continent.AF, new double[] {7, 20},
            Continent.AN, new double[] {-79, 80},
            Continent.AS, new double[] {46, 92},
            Continent.EU, new double[] {53, 22},
            Continent.NA, new double[] {45, -101},
            Continent.OC, new double[] {-25, 134},
            Continent.SA, new double[] {-12, -57});

    private MapJson() {}

    static byte[] of(WorldMap map) {
        return JsonDocument.document(json -> {
            json.writeNumberField("width", map.width());
            json.writeNumberField("height", map.height());
            json.writeStringField("sphere", map.sphere());
            json.writeStringField("graticule", map.graticule());
            json.writeArrayFieldStart("continents");
            for (Continent continent : map.shapes().keySet()) {
                double[] place = LABELS.get(continent);
                double[] label = WorldMap.point(place[0], place[1]);
                json.writeStartObject();
                json.writeStringField("id", continent.name());
                json.writeStringField("name", continent.label());
                json.writeStringField("shape", map.shapes().get(continent));
                json.writeStringField("shore", map.shores().get(continent));
                json.writeNumberField("x", Math.round(label[0]));
                json.writeNumberField("y", Math.round(label[1]));
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
