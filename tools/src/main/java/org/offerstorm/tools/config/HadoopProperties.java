package org.offerstorm.tools.config;

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
