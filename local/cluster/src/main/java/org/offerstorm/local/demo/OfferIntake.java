package org.offerstorm.local.demo;

import java.io.IOException;
import java.net.InetAddress;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.ingest.Ingest;
import org.offerstorm.ingest.offers.OfferCheck;

/** The server of a demo that takes offers over HTTP; there is none if the demo's records cannot come alone. */
final class OfferIntake implements AutoCloseable {
    /** Null if there is none. */
    private final Ingest ingest;

    private final String text;

    private OfferIntake(Ingest ingest, String text) {
        this.ingest = ingest;
        this.text = text;
    }

    static OfferIntake start(OfferstormConfig config, DataSet data, Ports ports) throws IOException {
        String problem = OfferCheck.problem(data);
        if (problem != null) {
            return new OfferIntake(null, "Ingest      none: " + problem);
        }
        Ingest ingest = Ingest.start(config, data, InetAddress.getLoopbackAddress(), ports.of(Demo.INGEST));
        ports.remember(Demo.INGEST, ingest.port());
        return new OfferIntake(ingest, text(ingest.url() + "offers", data));
    }

    /** The address and, for offers in Offerstorm's own form, a line to try it with. */
    private static String text(String url, DataSet data) {
        String address = "Ingest      " + url;
        return data.mapping() != null
                ? address
                : address
                        + "\n            curl -H 'Content-Type: application/json' -d '{\"id\":\"mine-1\",\"name\":\"Cook\","
                        + "\"office_latitude\":48.85,\"office_longitude\":2.35}' " + url;
    }

    /** For people: where it is, and how to try it. */
    String text() {
        return text;
    }

    @Override
    public void close() {
        if (ingest != null) {
            ingest.close();
        }
    }
}
