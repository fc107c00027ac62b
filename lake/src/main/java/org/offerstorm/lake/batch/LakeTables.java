package org.offerstorm.lake.batch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.catalyst.analysis.TableAlreadyExistsException;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;

/** The lake's tables, checked to be this stream's and of this version. */
public final class LakeTables {
    private final LakeTable history;
    private final LakeTable counts;

    private LakeTables(LakeTable history, LakeTable counts) {
        this.history = history;
        this.counts = counts;
    }

    /** Every version of every offer. */
    public LakeTable history() {
        return history;
    }

    /** Live offers by cell. */
    public LakeTable counts() {
        return counts;
    }

    /**
     * The tables that a run has made.
     *
     * @return null if there are none
     * @throws WrongTable if they cannot be used
     */
    public static LakeTables open(LakeSession session, String group) throws WrongTable {
        if (!session.exists(Tables.HISTORY) || !session.exists(Tables.COUNTS)) {
            return null;
        }
        LakeTable history = session.table(Tables.HISTORY);
        LakeTable counts = session.table(Tables.COUNTS);
        check(history, group);
        check(counts, group);
        if (history.iceberg().currentSnapshot() == null || counts.iceberg().currentSnapshot() == null) {
            return null;
        }
        return new LakeTables(history, counts);
    }

    /** As {@link #open}; makes what is missing, and adds columns that this version has in addition. */
    static LakeTables openOrCreate(LakeSession session, String group) throws WrongTable {
        session.spark().sql("CREATE NAMESPACE IF NOT EXISTS " + Tables.CATALOG + "." + Tables.DATABASE);
        LakeTable history = openOrCreate(session, Tables.HISTORY, Tables.createHistory(group), group);
        LakeTable counts = openOrCreate(session, Tables.COUNTS, Tables.createCounts(group), group);
        addColumns(session, history);
        return new LakeTables(history, counts);
    }

    private static LakeTable openOrCreate(LakeSession session, String name, String create, String group)
            throws WrongTable {
        if (!session.exists(name)) {
            try {
                session.spark().sql(create);
            } catch (AlreadyExistsException e) { // another run was first
                return openOrCreate(session, name, create, group);
            } catch (Exception e) {
                if (!(e instanceof TableAlreadyExistsException)) {
                    throw e;
                }
            }
        }
        LakeTable table = session.table(name);
        check(table, group);
        if (table.iceberg().currentSnapshot() == null) {
            // Every branch begins at a snapshot, and only one with a parent can be published as its successor.
            table.iceberg()
                    .newAppend()
                    .set(Tables.OFFSETS_PROPERTY, OffsetVector.NOTHING.encode())
                    .commit();
        }
        return table;
    }

    private static void check(LakeTable table, String group) throws WrongTable {
        Map<String, String> properties = table.iceberg().properties();
        String format = properties.get(Tables.FORMAT_PROPERTY);
        String where = table.iceberg().location();
        if (format == null) {
            throw new WrongTable(where + " is a table of another program (it has no property " + Tables.FORMAT_PROPERTY
                    + "); set lake.directory to a directory of the lake's own");
        }
        if (!format.equals(Tables.FORMAT)) {
            throw new WrongTable(where + " has format " + format + ", this version writes " + Tables.FORMAT
                    + "; use the version that wrote it, or another lake.directory");
        }
        String owner = properties.get(Tables.GROUP_PROPERTY);
        if (!group.equals(owner)) {
            throw new WrongTable(where + " holds the stream of consumer group '" + owner + "', this one is '" + group
                    + "'; give each group its own lake.directory");
        }
    }

    private static void addColumns(LakeSession session, LakeTable history) throws WrongTable {
        Map<String, DataType> known = new LinkedHashMap<>();
        for (StructField field :
                SparkSchemaUtil.convert(history.iceberg().schema()).fields()) {
            known.put(field.name(), field.dataType());
        }
        Map<String, DataType> wanted = new LinkedHashMap<>(OfferColumns.types());
        Tables.OWN_COLUMNS.forEach(wanted::put);
        List<String> wrong = new ArrayList<>();
        known.forEach((name, type) -> {
            if (!type.equals(wanted.get(name))) {
                wrong.add(name + " is " + type.sql() + " in the table and "
                        + (wanted.containsKey(name) ? wanted.get(name).sql() : "missing") + " in conf/offer.avsc");
            }
        });
        if (!wrong.isEmpty()) {
            throw new WrongTable(history.iceberg().location() + " does not fit conf/offer.avsc: "
                    + String.join("; ", wrong)
                    + ". Fields may be added at its end, never removed or retyped.\nThe table: "
                    + ddl(known) + "\nconf/offer.avsc: " + ddl(OfferColumns.types()));
        }
        wanted.keySet().removeAll(known.keySet());
        wanted.forEach((name, type) -> session.spark()
                .sql("ALTER TABLE " + Tables.qualified(Tables.HISTORY) + " ADD COLUMN " + name + " " + type.sql()));
        Table table = history.iceberg();
        table.refresh();
    }

    private static String ddl(Map<String, DataType> columns) {
        StringBuilder text = new StringBuilder();
        columns.forEach((name, type) ->
                text.append(text.isEmpty() ? "" : ", ").append(name).append(' ').append(type.sql()));
        return text.toString();
    }
}
