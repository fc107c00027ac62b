package org.offerstorm.sinks.hdfs;

import org.offerstorm.core.option.NumberType;
import org.offerstorm.core.option.PropertyRules;

/** Properties of the Hadoop client: its own affair, but for what the sink reads itself. */
final class HadoopProperties implements PropertyRules {
    private static final NumberType<Integer> REPLICATION = NumberType.whole(1, 512);

    @Override
    public void check(String name, String value) {
        if (name.equals("dfs.replication")) {
            REPLICATION.parse(value);
        }
        if (name.equals("fs.defaultFS")) {
            throw new IllegalArgumentException("has no effect here; set hdfs.uri");
        }
    }
}
