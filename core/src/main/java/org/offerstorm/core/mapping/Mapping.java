package org.offerstorm.core.mapping;

import java.io.Serializable;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.offerstorm.core.model.DataField;
import org.offerstorm.core.tls.Tls;

/**
 * How the records of a data set become offers. Immutable; travels in the serialized topology.
 *
 * @param keyIsId whether a record's key is the offer's id; otherwise the id comes from the value
 * @param zone of dates that name none
 * @param offer rules of the standard fields; a field without rule is absent in every offer
 * @param fields further fields, in order; their names are distinct
 * @param categories the categories that are counted, in addition to those of the professions; others count as
 *     {@code (other)}
 * @param deletion null: only a record without value is a deletion
 * @param file how a file of it is laid out
 * @param value in which form a topic's values are written
 */
public record Mapping(
        boolean keyIsId,
        ZoneId zone,
        Map<StandardField, Rule> offer,
        List<FieldRule> fields,
        Set<String> categories,
        DeletionRule deletion,
        FileLayout file,
        ValueFormat value)
        implements Serializable {
    public Mapping {
        Objects.requireNonNull(zone, "zone");
        offer = Collections.unmodifiableMap(
                offer.isEmpty() ? new EnumMap<>(StandardField.class) : new EnumMap<>(offer));
        fields = List.copyOf(fields);
        categories = Collections.unmodifiableSet(new LinkedHashSet<>(categories));
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(value, "value");
    }

    /** One of records in JSON. */
    public Mapping(
            boolean keyIsId,
            ZoneId zone,
            Map<StandardField, Rule> offer,
            List<FieldRule> fields,
            Set<String> categories,
            DeletionRule deletion,
            FileLayout file) {
        this(keyIsId, zone, offer, fields, categories, deletion, file, ValueFormat.JSON);
    }

    /** The same, with this TLS to the servers that its values need. */
    public Mapping over(Tls tls) {
        return new Mapping(keyIsId, zone, offer, fields, categories, deletion, file, value.over(tls));
    }

    /** The further fields, in order. */
    public List<DataField> dataFields() {
        return fields.stream().map(FieldRule::field).toList();
    }
}
