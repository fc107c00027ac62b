package org.offerstorm.core.parse;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.offerstorm.core.model.Details;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.Salary;
import org.offerstorm.core.text.Blanks;

/**
 * The fields of the offer that is being read. A problem does not end the reading, because the rest of the document must
 * still be checked: the first one is kept and reported at the end. Reused for every record; one thread.
 */
final class OfferDraft implements DocumentReader.Visitor {
    /** Longest integer that fits in 2^53, with its sign. */
    private static final int INTEGER_CHARACTERS = 17;

    private static final int UNKNOWN = -1;

    private static final Pattern NUMBER_AS_TEXT = Pattern.compile("\\s*-?[0-9]+([.,]?)[0-9]*\\s*");

    private final Instants publication = Instants.ofPublication();
    private final Instants expiry = Instants.ofExpiry();

    private String key;
    /** Number of the field whose value comes next. */
    private int field;

    private Refused problem;

    private boolean hasId;
    private long professionId;
    private String contractType;
    private String name;
    private double latitude;
    private double longitude;
    private String company;
    private String description;
    private long publishedAt;

    /** Whether any of the following is there. */
    private boolean hasDetails;

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

    OfferDraft() {
        clearDetails();
    }

    void begin(String key) {
        this.key = key;
        field = UNKNOWN;
        problem = null;
        hasId = false;
        professionId = Offer.NO_PROFESSION;
        contractType = null;
        name = null;
        latitude = Double.NaN;
        longitude = Double.NaN;
        company = null;
        description = null;
        publishedAt = Offer.NO_DATE;
        if (hasDetails) {
            clearDetails();
        }
    }

    private void clearDetails() {
        hasDetails = false;
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

    /** Number of a field that an offer has, or a negative number. */
    static int fieldNumber(String field) {
        return switch (field) {
            case "id" -> 0;
            case "profession_id" -> 1;
            case "contract_type" -> 2;
            case "name" -> 3;
            case "office_latitude" -> 4;
            case "office_longitude" -> 5;
            case "company" -> 6;
            case "description" -> 7;
            case "published_at" -> 8;
            case "category" -> 9;
            case "url" -> 10;
            case "salary_min" -> 11;
            case "salary_max" -> 12;
            case "salary_currency" -> 13;
            case "salary_period" -> 14;
            case "city" -> 15;
            case "country" -> 16;
            case "remote" -> 17;
            case "valid_through" -> 18;
            default -> UNKNOWN;
        };
    }

    @Override
    public int name(String name, int depth) {
        field = depth == 1 ? fieldNumber(name) : UNKNOWN;
        return field;
    }

    @Override
    public void scalar(JsonParser json, JsonToken token, int depth) throws IOException {
        if (depth == 1 && field >= 0) {
            take(json, token);
        }
    }

    @Override
    public void open(JsonParser json, JsonToken token, int depth) throws IOException {
        scalar(json, token, depth); // of the wrong type for each field
    }

    @Override
    public void close(int depth) {}

    /** Takes the value at the position of the parser; it may also be the opening of an array or object. */
    private void take(JsonParser json, JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_NULL) {
            return; // null is absent
        }
        try {
            switch (field) {
                case 0 -> takeId(json, token);
                case 1 -> professionId = integer("profession_id", json, token);
                case 2 -> contractType = text("contract_type", Limits.CONTRACT_TYPE_BYTES, json, token);
                case 3 -> name = text("name", Limits.NAME_BYTES, json, token);
                case 4 -> latitude = coordinate("office_latitude", 90, json, token);
                case 5 -> {
                    double degrees = coordinate("office_longitude", 180, json, token);
                    longitude = degrees == -180 ? 180 : degrees; // the same meridian; one name for it
                }
                case 6 -> company = text("company", Limits.COMPANY_BYTES, json, token);
                case 7 -> description = text("description", Limits.DESCRIPTION_BYTES, json, token);
                case 8 -> publishedAt = instant("published_at", publication, json, token);
                default -> {
                    hasDetails = true;
                    takeDetail(json, token);
                }
            }
        } catch (Refused refused) {
            note(refused);
        }
    }

    private void takeDetail(JsonParser json, JsonToken token) throws IOException {
        switch (field) {
            case 9 -> category = text("category", Limits.CATEGORY_BYTES, json, token);
            case 10 -> {
                String text = text("url", Limits.URL_BYTES, json, token);
                url = text == null ? null : DetailRules.url("url", text);
            }
            case 11 -> salaryMin = amount("salary_min", json, token);
            case 12 -> salaryMax = amount("salary_max", json, token);
            case 13 -> {
                String text = text("salary_currency", Integer.MAX_VALUE, json, token);
                salaryCurrency = text == null ? null : DetailRules.currency("salary_currency", text);
            }
            case 14 -> {
                String text = text("salary_period", Integer.MAX_VALUE, json, token);
                salaryPeriod = text == null ? null : DetailRules.period("salary_period", text);
            }
            case 15 -> city = text("city", Limits.PLACE_BYTES, json, token);
            case 16 -> country = text("country", Limits.PLACE_BYTES, json, token);
            case 17 -> remote = bool("remote", token);
            case 18 -> validThrough = instant("valid_through", expiry, json, token);
            default -> throw new IllegalArgumentException("field number " + field);
        }
    }

    /**
     * The offer.
     *
     * @throws Refused for the first problem of a field, or else for what is missing
     */
    Offer finish() {
        if (problem != null) {
            throw problem;
        }
        if (!hasId) {
            throw missing("id");
        }
        if (name == null) {
            throw missing("name");
        }
        if (Double.isNaN(latitude) != Double.isNaN(longitude)) {
            String lacking = Double.isNaN(latitude) ? "office_latitude" : "office_longitude";
            throw new Refused(Reason.COORDINATES_INCOMPLETE, lacking + " is missing; both coordinates or none");
        }
        return new Offer(
                key,
                professionId,
                contractType,
                name,
                latitude,
                longitude,
                company,
                description,
                publishedAt,
                hasDetails ? details() : Details.NONE);
    }

    private Details details() {
        Salary salary = DetailRules.salary(salaryMin, salaryMax, salaryCurrency, salaryPeriod);
        return Details.of(category, url, city, country, remote, salary, validThrough, List.of());
    }

    private void note(Refused refused) {
        if (problem == null) {
            problem = refused;
        }
    }

    private void takeId(JsonParser json, JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_NUMBER_INT) {
            if (!isInteger53(json) || !json.getText().equals(key)) {
                throw new Refused(Reason.BAD_TYPE, "id is a number that is not the key; it must be a text");
            }
            hasId = true;
            return;
        }
        String id = text("id", Integer.MAX_VALUE, json, token);
        if (id == null) {
            return;
        }
        // Both are well-formed by now, so equal texts are equal bytes.
        if (!id.equals(key)) {
            throw new Refused(Reason.KEY_MISMATCH, "id is not the record's key");
        }
        hasId = true;
    }

    private static boolean isInteger53(JsonParser json) throws IOException {
        return json.getTextLength() <= INTEGER_CHARACTERS && Math.abs(json.getLongValue()) <= Limits.INTEGER;
    }

    private static long integer(String field, JsonParser json, JsonToken token) throws IOException {
        if (token != JsonToken.VALUE_NUMBER_INT) {
            throw badType(field, "an integer", token, json);
        }
        if (!isInteger53(json)) {
            throw new Refused(Reason.OUT_OF_RANGE, field + " is beyond 2^53");
        }
        return json.getLongValue();
    }

    private static double coordinate(String field, int limit, JsonParser json, JsonToken token) throws IOException {
        if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
            throw badType(field, "a number", token, json);
        }
        double degrees = json.getDoubleValue() + 0.0; // -0.0 becomes 0.0
        if (!(degrees >= -limit && degrees <= limit)) {
            throw new Refused(
                    Reason.OUT_OF_RANGE, field + " is " + json.getText() + "; it must be -" + limit + " to " + limit);
        }
        return degrees;
    }

    private static double amount(String field, JsonParser json, JsonToken token) throws IOException {
        if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
            throw badType(field, "a number", token, json);
        }
        return DetailRules.amount(field, json.getDoubleValue(), json.getText());
    }

    private static boolean bool(String field, JsonToken token) {
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw badType(field, "true or false", token);
        }
        return token == JsonToken.VALUE_TRUE;
    }

    private static long instant(String field, Instants instants, JsonParser json, JsonToken token) throws IOException {
        if (token != JsonToken.VALUE_STRING) {
            throw badType(field, "a text", token);
        }
        char[] chars = json.getTextCharacters();
        try {
            return instants.parse(chars, json.getTextOffset(), json.getTextLength());
        } catch (Refused refused) {
            throw new Refused(refused.reason(), field + ": " + refused.getMessage());
        }
    }

    /** The text as it is, or null if nothing of it can be seen: a blank says nothing. */
    private static String text(String field, int maxBytes, JsonParser json, JsonToken token) throws IOException {
        if (token != JsonToken.VALUE_STRING) {
            throw badType(field, "a text", token);
        }
        int bytes = Text.utf8Length(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
        if (bytes == Text.CONTROL_CHARACTER) {
            throw Text.controlCharacter(field);
        }
        if (bytes == Text.LONE_SURROGATE) {
            throw Text.halfSurrogate(field);
        }
        if (bytes > maxBytes) {
            throw Text.tooLong(field, bytes, maxBytes);
        }
        String text = json.getText();
        return Blanks.isBlank(text) ? null : text;
    }

    private static Refused badType(String field, String wanted, JsonToken token) {
        String got =
                switch (token) {
                    case VALUE_STRING -> "a text";
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
                    case VALUE_TRUE, VALUE_FALSE -> "true or false";
                    case START_ARRAY -> "an array";
                    default -> "an object";
                };
        return new Refused(Reason.BAD_TYPE, field + " is " + got + "; it must be " + wanted);
    }

    /** As the other; if the text is a number, it says what is wrong with it. */
    private static Refused badType(String field, String wanted, JsonToken token, JsonParser json) throws IOException {
        Refused refused = badType(field, wanted, token);
        if (token != JsonToken.VALUE_STRING || json.getTextLength() > Limits.NUMBER_CHARACTERS) {
            return refused;
        }
        Matcher number = NUMBER_AS_TEXT.matcher(json.getText());
        if (!number.matches()) {
            return refused;
        }
        String how = number.group(1).equals(",") ? ", with a decimal point" : ", without quotes";
        return new Refused(refused.reason(), refused.getMessage() + how);
    }

    private static Refused missing(String field) {
        return new Refused(Reason.MISSING_FIELD, field + " is missing, null or blank");
    }
}
