package org.offerstorm.core.parse;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.text.Blanks;

/**
 * The fields of the offer that is being read. A problem does not end the reading, because the rest of the document must
 * still be checked: the first one is kept and reported at the end. Reused for every record; one thread.
 */
final class OfferDraft {
    /** Longest integer that fits in 2^53, with its sign. */
    private static final int INTEGER_CHARACTERS = 17;

    private static final int UNKNOWN = -1;

    private static final Pattern NUMBER_AS_TEXT = Pattern.compile("\\s*-?[0-9]+([.,]?)[0-9]*\\s*");

    private final Instants instants = new Instants();

    private String key;
    private int seen;
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

    void begin(String key) {
        this.key = key;
        seen = 0;
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
            default -> UNKNOWN;
        };
    }

    /** False if the field was there before. */
    boolean firstTime(int field) {
        int bit = 1 << field;
        boolean first = (seen & bit) == 0;
        seen |= bit;
        return first;
    }

    /** Takes the value at the position of the parser; it may also be the opening of an array or object. */
    void take(int field, JsonParser json, JsonToken token) throws IOException {
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
                case 8 -> publishedAt = instant(json, token);
                default -> throw new IllegalArgumentException("field number " + field);
            }
        } catch (Refused refused) {
            note(refused);
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
        return new Offer(key, professionId, contractType, name, latitude, longitude, company, description, publishedAt);
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

    private long instant(JsonParser json, JsonToken token) throws IOException {
        if (token != JsonToken.VALUE_STRING) {
            throw badType("published_at", "a text", token);
        }
        char[] chars = json.getTextCharacters();
        try {
            return instants.parse(chars, json.getTextOffset(), json.getTextLength());
        } catch (Refused refused) {
            throw new Refused(refused.reason(), "published_at: " + refused.getMessage());
        }
    }

    /** The text as it is, or null if nothing of it can be seen: a blank says nothing. */
    private static String text(String field, int maxBytes, JsonParser json, JsonToken token) throws IOException {
        if (token != JsonToken.VALUE_STRING) {
            throw badType(field, "a text", token);
        }
        int bytes = Text.utf8Length(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
        if (bytes == Text.CONTROL_CHARACTER) {
            throw new Refused(Reason.BAD_TEXT, field + " holds a control character");
        }
        if (bytes == Text.LONE_SURROGATE) {
            throw new Refused(Reason.BAD_TEXT, field + " holds half a surrogate pair");
        }
        if (bytes > maxBytes) {
            throw new Refused(Reason.TEXT_TOO_LONG, field + " has " + bytes + " bytes; at most " + maxBytes);
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
