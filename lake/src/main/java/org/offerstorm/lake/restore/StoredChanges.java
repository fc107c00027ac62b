package org.offerstorm.lake.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.DataField;
import org.offerstorm.core.model.Delete;
import org.offerstorm.core.model.Details;
import org.offerstorm.core.model.FieldValue;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.Salary;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.Upsert;
import org.offerstorm.sinks.hdfs.FieldText;

/** Makes the change that a row of the history was. */
final class StoredChanges {
    private final List<DataField> fields;

    /** @param fields the further fields that the mapping declares today */
    StoredChanges(List<DataField> fields) {
        this.fields = fields;
    }

    Change of(Row row) {
        SourcePosition position =
                new SourcePosition(row.getAs("partition"), row.getAs("offset"), millis(row, "timestamp", 0));
        String id = row.getAs("id");
        if (row.getAs("op").equals("D")) {
            return new Delete(position, id);
        }
        Long profession = row.getAs("profession_id");
        Offer offer = new Offer(
                id,
                profession == null ? Offer.NO_PROFESSION : profession,
                row.getAs("contract_type"),
                row.getAs("name"),
                decimal(row, "office_latitude"),
                decimal(row, "office_longitude"),
                row.getAs("company"),
                row.getAs("description"),
                millis(row, "published_at", Offer.NO_DATE),
                details(row));
        Cell cell = Cell.of(row.getAs("category"), Continent.valueOf(row.getAs("continent")));
        return new Upsert(position, offer, cell, null);
    }

    private Details details(Row row) {
        String currency = row.getAs("salary_currency");
        String period = row.getAs("salary_period");
        double min = decimal(row, "salary_min");
        double max = decimal(row, "salary_max");
        Salary salary = currency == null && period == null && Double.isNaN(min) && Double.isNaN(max)
                ? null
                : new Salary(min, max, currency, period);
        return Details.of(
                null,
                row.getAs("url"),
                row.getAs("city"),
                row.getAs("country"),
                row.getAs("remote"),
                salary,
                millis(row, "valid_through", Offer.NO_DATE),
                values(row));
    }

    private List<FieldValue> values(Row row) {
        int column = row.fieldIndex("fields");
        if (row.isNullAt(column) || fields.isEmpty()) {
            return List.of();
        }
        Map<Object, Object> texts = row.getJavaMap(column);
        List<FieldValue> values = new ArrayList<>();
        for (DataField field : fields) {
            Object text = texts.get(field.name());
            FieldValue value = text == null ? null : FieldText.read(field, text.toString());
            if (value != null) {
                values.add(value);
            }
        }
        return List.copyOf(values);
    }

    private static double decimal(Row row, String column) {
        Double value = row.getAs(column);
        return value == null ? Double.NaN : value;
    }

    private static long millis(Row row, String column, long absent) {
        java.sql.Timestamp time = row.getAs(column);
        return time == null ? absent : time.getTime();
    }
}
