package org.offerstorm.tools.verify;

import java.util.List;
import org.offerstorm.core.model.Source;

/**
 * What a comparison works with.
 *
 * @param source the topic
 * @param fold what the topic says
 * @param anomalies takes what differs
 * @param examples describes single records
 * @param options what the user chose
 * @param notes takes what else is to be said, a line each
 * @param progress receives how far the comparison is
 */
record Scope(
        Source source,
        Fold fold,
        Anomalies anomalies,
        Examples examples,
        Verification.Options options,
        List<String> notes,
        VerifyProgress progress) {}
