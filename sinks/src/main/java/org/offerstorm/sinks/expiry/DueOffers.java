package org.offerstorm.sinks.expiry;

import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;

/** A store that finds live offers by the end of their time. One thread; does not connect before the first call. */
public interface DueOffers {
    /** Makes one on the worker; travels in the serialized topology. */
    @FunctionalInterface
    interface Factory extends Serializable {
        DueOffers create();
    }

    /**
     * Live offers that are valid no longer, those that ended first before the others. What was written in the last seconds may
     * be missing, and what was corrected in them may be among them.
     *
     * @param now an offer whose time ends then or before is due
     * @param skip how many not to return
     * @param most how many to return
     * @throws IOException if the store cannot be asked, with what to do
     */
    List<DueOffer> due(Instant now, int skip, int most) throws IOException;

    /**
     * Of these offers, those of which the store has no newer version, up to the moment of the call.
     *
     * @throws IOException if the store cannot be asked, with what to do
     */
    List<DueOffer> newest(List<DueOffer> offers) throws IOException;
}
