package org.offerstorm.sinks.hdfs;

import org.offerstorm.core.option.NumberType;
import org.offerstorm.core.option.PropertyRules;

/** Properties of the Hadoop client: its own affair, but for what the sink reads itself. */
public final class HadoopProperties implements PropertyRules {
    static final String PATTERN = "dfs.namenode.kerberos.principal.pattern";
    private static final String PRINCIPAL = "dfs.namenode.kerberos.principal";
    private static final NumberType<Integer> REPLICATION = NumberType.whole(1, 512);

    /** Whether a property says by which name Kerberos knows the NameNode. */
    public static boolean namesTheNameNode(String name) {
        return name.equals(PRINCIPAL) || name.equals(PATTERN);
    }

    @Override
    public void check(String name, String value) {
        if (name.equals("dfs.replication")) {
            REPLICATION.parse(value);
        }
        if (name.equals("hadoop.security.authentication")) {
            throw new IllegalArgumentException("has no effect here; set hdfs.principal and hdfs.keytab");
        }
        if (name.equals("fs.defaultFS")) {
            throw new IllegalArgumentException("has no effect here; set hdfs.uri");
        }
    }
}
