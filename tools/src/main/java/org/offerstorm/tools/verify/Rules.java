package org.offerstorm.tools.verify;

import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.formats.RecordParsers;

/** What must become of a record. Used by one thread. */
interface Rules {
    /** Never throws for anything that a record holds. */
    Verdict judge(byte[] key, byte[] value);

    /** Those of a data set: without mapping the rules of docs/input.md, written down once more. */
    static Rules of(DataSet data) {
        return data.mapping() == null
                ? new InputRules()
                : new MappedRules(RecordParsers.of(data).create());
    }
}
