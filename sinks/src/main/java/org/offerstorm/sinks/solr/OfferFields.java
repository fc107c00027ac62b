package org.offerstorm.sinks.solr;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.offerstorm.core.model.DataField;
import org.offerstorm.core.model.FieldType;

/** Fields of conf/solr/offers/conf/schema.xml. */
public final class OfferFields {
    static final String ID = "id";
    static final String VERSION = "version";
    static final String DELETED = "deleted";
    static final String CELL = "cell";
    static final String CATEGORY = "category";
    static final String CONTINENT = "continent";
    static final String PROFESSION_ID = "profession_id";
    static final String PUBLISHED_AT = "published_at";
    static final String LATITUDE = "latitude";
    static final String LONGITUDE = "longitude";
    static final String LOCATION = "location";
    static final String NAME = "name";
    static final String COMPANY = "company";
    static final String CONTRACT_TYPE = "contract_type";
    static final String DESCRIPTION = "description";
    static final String SOURCE = "source";
    static final String URL = "url";
    static final String SALARY_MIN = "salary_min";
    static final String SALARY_MAX = "salary_max";
    static final String SALARY_CURRENCY = "salary_currency";
    static final String SALARY_PERIOD = "salary_period";
    static final String CITY = "city";
    static final String COUNTRY = "country";
    static final String REMOTE = "remote";
    static final String VALID_THROUGH = "valid_through";

    /** What {@link org.offerstorm.core.model.Details} hold, all of it, as Solr's {@code fl} takes it. */
    public static final String DETAILS;

    /** The same without texts of further fields, which may be long. */
    public static final String LISTED;

    private static final String STANDARD = String.join(
            ",", URL, SALARY_MIN, SALARY_MAX, SALARY_CURRENCY, SALARY_PERIOD, CITY, COUNTRY, REMOTE, VALID_THROUGH);

    /** Words of further fields. */
    private static final String FURTHER = "further";

    private static final Map<String, FieldType> TYPES = new HashMap<>();

    static {
        StringBuilder listed = new StringBuilder(STANDARD);
        for (FieldType type : FieldType.values()) {
            TYPES.put(prefix(type), type);
            if (type != FieldType.TEXT) {
                listed.append(',').append(prefix(type)).append('*');
            }
        }
        DETAILS = STANDARD + ",field_*";
        LISTED = listed.toString();
    }

    private OfferFields() {}

    /** Name of a further field: {@code field_keywords_skills}. */
    public static String further(DataField field) {
        return prefix(field.type()) + field.name();
    }

    /** Whether it is a field of the schema that came with {@link org.offerstorm.core.model.Details}: older cores have none. */
    static boolean isNewer(String name) {
        return name.startsWith("field_")
                || name.equals(FURTHER)
                || List.of(STANDARD.split(",")).contains(name);
    }

    /** The further field of such a name, not as a facet; null if it is another field. */
    static DataField dataField(String name) {
        int type = name.indexOf('_') + 1;
        int end = type == 0 ? 0 : name.indexOf('_', type) + 1;
        FieldType known = TYPES.get(name.substring(0, end));
        return known == null || end == name.length() ? null : new DataField(name.substring(end), known, false);
    }

    private static String prefix(FieldType type) {
        return "field_" + type.code() + "_";
    }
}
