package org.offerstorm.core.mapping;

import java.time.ZoneId;
import java.util.List;
import org.offerstorm.core.model.Details;
import org.offerstorm.core.model.FieldValue;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.Salary;
import org.offerstorm.core.parse.DetailRules;
import org.offerstorm.core.parse.Instants;
import org.offerstorm.core.parse.Limits;
import org.offerstorm.core.parse.Reason;
import org.offerstorm.core.parse.Refused;

/** The standard fields of the offer that is being read. Reused for every record; one thread. */
final class MappedOffer {
    private final Readings readings;
    private final Instants publication;
    private final Instants expiry;

    private long professionId;
    private String contractType;
    private String name;
    private double latitude;
    private double longitude;
    /** Null if the record has none: then the two coordinates count. */
    private double[] location;

    private String company;
    private String description;
    private long publishedAt;
    private String category;
    private String url;
    private double salaryMin;
    private double salaryMax;
    private String salaryCurrency;
    private String salaryPeriod;
    private String city;
    private String country;
    private Boolean remote;
    private long validThrough;

    MappedOffer(Readings readings, ZoneId zone) {
        this.readings = readings;
        publication = new Instants(2000, 2100, zone);
        expiry = new Instants(2000, 2200, zone);
    }

    void begin() {
        professionId = Offer.NO_PROFESSION;
        contractType = null;
        name = null;
        latitude = Double.NaN;
        longitude = Double.NaN;
        location = null;
        company = null;
        description = null;
        publishedAt = Offer.NO_DATE;
        category = null;
        url = null;
        salaryMin = Double.NaN;
        salaryMax = Double.NaN;
        salaryCurrency = null;
        salaryPeriod = null;
        city = null;
        country = null;
        remote = null;
        validThrough = Offer.NO_DATE;
    }

    /**
     * Reads a value that is there.
     *
     * @throws Refused if the field cannot hold it
     */
    void take(StandardField field, Node value, ReadAs as) {
        String code = field.code();
        switch (field) {
            case PROFESSION_ID -> professionId = readings.integer(code, value, as);
            case CATEGORY -> category = readings.text(code, value, Limits.CATEGORY_BYTES);
            case CONTRACT_TYPE -> contractType = readings.text(code, value, Limits.CONTRACT_TYPE_BYTES);
            case NAME -> name = readings.text(code, value, Limits.NAME_BYTES);
            case OFFICE_LATITUDE -> latitude = readings.degrees(code, value, as, 90);
            case OFFICE_LONGITUDE -> longitude = readings.degrees(code, value, as, 180);
            case LOCATION -> location = readings.location(code, value, as);
            case COMPANY -> company = readings.text(code, value, Limits.COMPANY_BYTES);
            case DESCRIPTION -> description = readings.text(code, value, Limits.DESCRIPTION_BYTES);
            case PUBLISHED_AT -> publishedAt = readings.instant(code, value, as, publication);
            case URL -> url = DetailRules.url(code, readings.word(code, value, Limits.URL_BYTES));
            case SALARY_MIN -> salaryMin = amount(code, value, as);
            case SALARY_MAX -> salaryMax = amount(code, value, as);
            case SALARY_CURRENCY -> salaryCurrency = DetailRules.currency(code, readings.word(code, value));
            case SALARY_PERIOD -> salaryPeriod = DetailRules.period(code, readings.word(code, value));
            case CITY -> city = readings.text(code, value, Limits.PLACE_BYTES);
            case COUNTRY -> country = readings.text(code, value, Limits.PLACE_BYTES);
            case REMOTE -> remote = readings.bool(code, value);
            case VALID_THROUGH -> validThrough = readings.instant(code, value, as, expiry);
            case ID -> throw new IllegalArgumentException("the id is read by itself");
        }
    }

    private double amount(String field, Node value, ReadAs as) {
        double amount = readings.decimal(field, value, as);
        return DetailRules.amount(field, amount, FieldSource.written(value));
    }

    /**
     * The offer.
     *
     * @throws Refused for what is missing or does not go together
     */
    Offer finish(String id, List<FieldValue> fields) {
        if (name == null) {
            throw new Refused(Reason.MISSING_FIELD, "name is missing, null or blank");
        }
        double north = location == null ? latitude : location[0];
        double east = location == null ? longitude : location[1];
        if (Double.isNaN(north) != Double.isNaN(east)) {
            String lacking = Double.isNaN(north) ? "office_latitude" : "office_longitude";
            throw new Refused(Reason.COORDINATES_INCOMPLETE, lacking + " is missing; both coordinates or none");
        }
        Salary salary = DetailRules.salary(salaryMin, salaryMax, salaryCurrency, salaryPeriod);
        Details details = Details.of(category, url, city, country, remote, salary, validThrough, fields);
        return new Offer(id, professionId, contractType, name, north, east, company, description, publishedAt, details);
    }
}
