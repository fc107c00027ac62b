package org.offerstorm.dashboard.web;

import org.offerstorm.core.geo.Outline;
import org.offerstorm.core.model.Continent;

/** The shores of the world for the search's map: rings of longitudes and latitudes in hundredths of a degree, as steps. */
final class WorldJson {
    /** Degrees: less does not show on a map that ends at 0.1° for a cell. */
    private static final double STEP = 0.12;

    private static final int SMALLEST_RING = 5;

    private WorldJson() {}

    static byte[] draw() {
        return JsonDocument.document(json -> {
            json.writeArrayFieldStart("rings");
            for (Outline outline : Outline.loadAll()) {
                int[] ring = simplified(outline);
                if (ring.length >= 2 * SMALLEST_RING) {
                    json.writeStartArray();
                    for (int number : ring) {
                        json.writeNumber(number);
                    }
                    json.writeEndArray();
                }
            }
            json.writeEndArray();
            json.writeArrayFieldStart("continents");
            for (Continent continent : Continent.values()) {
                json.writeStartObject();
                json.writeStringField("id", continent.name());
                json.writeStringField("name", continent.label());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /** Vertices at least a step apart; the first as it is, each other as the difference to the one before. */
    private static int[] simplified(Outline outline) {
        double[] x = outline.longitudes();
        double[] y = outline.latitudes();
        int[] numbers = new int[2 * x.length];
        int n = 0;
        double lastX = Double.MAX_VALUE;
        double lastY = Double.MAX_VALUE;
        int beforeX = 0;
        int beforeY = 0;
        for (int i = 0; i < x.length; i++) {
            if (Math.abs(x[i] - lastX) + Math.abs(y[i] - lastY) < STEP && i + 1 < x.length) {
                continue;
            }
            lastX = x[i];
            lastY = y[i];
            int hundredthsX = (int) Math.round(x[i] * 100);
            int hundredthsY = (int) Math.round(y[i] * 100);
            numbers[n++] = hundredthsX - beforeX;
            numbers[n++] = hundredthsY - beforeY;
            beforeX = hundredthsX;
            beforeY = hundredthsY;
        }
        return java.util.Arrays.copyOf(numbers, n);
    }
}
