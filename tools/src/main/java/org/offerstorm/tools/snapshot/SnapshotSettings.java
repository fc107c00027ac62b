package org.offerstorm.tools.snapshot;

import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.mapping.DataSet;

/**
 * What a snapshot is, and what it may do.
 *
 * @param topic where the offers are; its properties may be those of a consumer, of a producer or of both
 * @param dataSet says what a record's id is
 * @param source name of the source whose offers the file lists in full; other offers of the topic stay
 * @param adopt whether records that name no source count as ones of this source
 * @param maxDeletions more are refused
 * @param strict whether a line that cannot become a record keeps all others back
 * @param dryRun whether to look only
 * @param perSecond most records a second, 0 for no limit
 */
public record SnapshotSettings(
        SourceConfig topic,
        DataSet dataSet,
        String source,
        boolean adopt,
        DeletionLimit maxDeletions,
        boolean strict,
        boolean dryRun,
        double perSecond) {}
