package org.offerstorm.core.mapping;

import java.util.Locale;

/** A field that every offer may have. The names are an interface: they are in mappings and in the topic's JSON. */
public enum StandardField {
    ID,
    PROFESSION_ID,
    CATEGORY,
    CONTRACT_TYPE,
    NAME,
    OFFICE_LATITUDE,
    OFFICE_LONGITUDE,
    /** Both coordinates in one value; in mappings only. */
    LOCATION,
    COMPANY,
    DESCRIPTION,
    PUBLISHED_AT,
    URL,
    SALARY_MIN,
    SALARY_MAX,
    SALARY_CURRENCY,
    SALARY_PERIOD,
    CITY,
    COUNTRY,
    REMOTE,
    VALID_THROUGH;

    private final String code = name().toLowerCase(Locale.ROOT);

    /** As it is written, for instance {@code contract_type}. */
    public String code() {
        return code;
    }

    /** The field of this code; null if none has it. */
    public static StandardField of(String code) {
        for (StandardField field : values()) {
            if (field.code.equals(code)) {
                return field;
            }
        }
        return null;
    }
}
