package org.offerstorm.tools.mapping;

import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.tools.config.ReferenceTable;

/** The data set that the configuration names: its professions, and its mapping if it has one. */
public final class DataSets {
    private DataSets() {}

    /**
     * Reads both files.
     *
     * @throws Failure if one is not there, is not what it should be, or has more categories than a chosen sink can hold
     */
    public static DataSet of(OfferstormConfig config) {
        if (!config.source().mapping().equals(SourceConfig.NO_MAPPING)) {
            throw Failure.usage("source.mapping: mapping files cannot be read yet");
        }
        return DataSet.of(ReferenceTable.of(config));
    }
}
