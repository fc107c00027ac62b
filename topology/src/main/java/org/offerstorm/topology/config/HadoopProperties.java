package org.offerstorm.topology.config;

import org.offerstorm.core.config.Secrets;

/** Properties of the Hadoop client: its own affair, but for what the sink reads itself. */
final class HadoopProperties implements PropertyRules {
    private static final NumberType<Integer> REPLICATION = NumberType.whole(1, 512);

    @Override
    public void check(String name, String value) {
        if (name.equals("dfs.replication") && !Secrets.isReference(value)) {
            REPLICATION.parse(value);
        }
        if (name.equals("fs.defaultFS")) {
            throw new IllegalArgumentException("has no effect here; set hdfs.uri");
        }
    }
}
