package org.offerstorm.core.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.offerstorm.core.model.Details;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.Salary;
import org.offerstorm.core.text.Blanks;

/**
 * Reads an offer as nearly all are written, in one pass over its bytes; its fields may have other names. It knows a part of
 * what the strict reading of {@link OfferParser} accepts, and gives up at anything else: an unknown or repeated field, an escape by number, an unusual
 * number or date, a limit, a mistake. Then the strict reading decides, so this class never decides by itself: what
 * it returns is what the strict reading would return.
 *
 * <p>One thread; reused for every record.
 */
public final class UsualOffer {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    /** The fields by their number in {@link OfferDraft#fieldNumber}. */
    private static final byte[][] FIELDS = {
        name("id"),
        name("profession_id"),
        name("contract_type"),
        name("name"),
        name("office_latitude"),
        name("office_longitude"),
        name("company"),
        name("description"),
        name("published_at"),
        name("category"),
        name("url"),
        name("salary_min"),
        name("salary_max"),
        name("salary_currency"),
        name("salary_period"),
        name("city"),
        name("country"),
        name("remote"),
        name("valid_through")
    };

    /** The fields it knows, by their number. */
    public static final List<String> NAMES =
            Arrays.stream(FIELDS).map(name -> new String(name, US_ASCII)).toList();

    private static final int ID = 0;
    private static final int NO_FIELD = -1;
    private static final byte[] NULL = name("null");
    private static final byte[] TRUE = name("true");
    private static final byte[] FALSE = name("false");
    /** Whole numbers of so many digits, and as many powers of ten, are exact as doubles, and so is one division of them. */
    private static final int EXACT_DIGITS = 15;

    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };
    /** Of a document; more is not usual, and need not be kept space for. */
    private static final int LONGEST = 128 << 10;

    private static final int LONGEST_DATE = 40;
    private static final int LONGEST_NUMBER = 30;

    /** Not a document of this kind. Has no trace, and is thrown once for a record at most. */
    private static final class Unusual extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unusual() {
            super(null, null, false, false);
        }
    }

    /** Other names of the fields, by number; null for one that never comes. Null if all are called as usual. */
    private final byte[][] otherNames;
    /** Numbers of the fields whose other name has so many bytes. */
    private final int[][] byLength;

    private final Instants publication = Instants.ofPublication();
    private final Instants expiry = Instants.ofExpiry();
    private final char[] date = new char[LONGEST_DATE];
    /** A text of the document, and eight bytes that may be written behind it. */
    private byte[] scratch = new byte[4096];

    private int twoByteCharacters;

    private byte[] value;
    private int at;
    private int seen;

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
    private double salaryMin = Double.NaN;
    private double salaryMax = Double.NaN;
    private String salaryCurrency;
    private String salaryPeriod;
    private String city;
    private String country;
    private Boolean remote;
    private long validThrough = Offer.NO_DATE;

    UsualOffer() {
        otherNames = null;
        byLength = null;
    }

    /**
     * One whose fields have other names.
     *
     * @param names of {@link #NAMES}, in order; null for a field that never comes; distinct, and each {@link #canBeNamed}
     */
    public UsualOffer(List<String> names) {
        otherNames = new byte[FIELDS.length][];
        int longest = 0;
        for (int field = 0; field < FIELDS.length; field++) {
            String name = names.get(field);
            if (name != null) {
                otherNames[field] = name.getBytes(UTF_8);
                longest = Math.max(longest, otherNames[field].length);
            }
        }
        byLength = new int[longest + 1][];
        for (int length = 0; length <= longest; length++) {
            int ofLength = length;
            byLength[length] = IntStream.range(0, FIELDS.length)
                    .filter(field -> otherNames[field] != null && otherNames[field].length == ofLength)
                    .toArray();
        }
    }

    /** Whether a field can have this name: JSON writes it without escapes, and it is within the limit. */
    public static boolean canBeNamed(String name) {
        return UTF_8.newEncoder().canEncode(name)
                && name.getBytes(UTF_8).length <= Limits.FIELD_NAME_BYTES
                && name.chars().allMatch(c -> c >= ' ' && c != '"' && c != '\\');
    }

    /**
     * Reads the offer.
     *
     * @param id the record's key as a text, which is sound
     * @param key the same as bytes
     * @return null if the strict reading must decide
     */
    public Offer read(String id, byte[] key, byte[] document) {
        int length = document.length;
        if (length < 2 || length > LONGEST || document[length - 1] != '}') {
            return null;
        }
        begin(document);
        try {
            readFields(key);
            boolean complete =
                    (hasId || isWithoutId()) && name != null && Double.isNaN(latitude) == Double.isNaN(longitude);
            return complete
                    ? new Offer(
                            id,
                            professionId,
                            contractType,
                            name,
                            latitude,
                            longitude,
                            company,
                            description,
                            publishedAt,
                            hasDetails ? details() : Details.NONE)
                    : null;
        } catch (Unusual | Refused e) {
            return null;
        } finally {
            value = null;
        }
    }

    private Details details() {
        Salary salary = DetailRules.salary(salaryMin, salaryMax, salaryCurrency, salaryPeriod);
        return Details.of(category, url, city, country, remote, salary, validThrough, List.of());
    }

    /** Whether the value never says the id: then the key alone does. */
    private boolean isWithoutId() {
        return otherNames != null && otherNames[ID] == null;
    }

    private void begin(byte[] document) {
        if (scratch.length < document.length + Long.BYTES) {
            scratch = new byte[2 * document.length + Long.BYTES];
        }
        value = document;
        at = 0;
        seen = 0;
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

    /** The whole document: the last byte is a brace, and it must be the one that closes the first. */
    private void readFields(byte[] key) {
        expect('{');
        do {
            skipBlanks();
            int field = fieldName();
            skipBlanks();
            expect(':');
            skipBlanks();
            if (value[at] != 'n') {
                take(field, key);
            } else {
                expectWord(NULL); // as if the field were not there
            }
            skipBlanks();
        } while (value[at++] == ',');
        if (value[at - 1] != '}' || at != value.length) {
            throw new Unusual();
        }
    }

    private void take(int field, byte[] key) {
        switch (field) {
            case ID -> takeId(key);
            case 1 -> professionId = integer();
            case 2 -> contractType = text(Limits.CONTRACT_TYPE_BYTES);
            case 3 -> name = text(Limits.NAME_BYTES);
            case 4 -> latitude = coordinate(90);
            case 5 -> {
                double degrees = coordinate(180);
                longitude = degrees == -180 ? 180 : degrees; // as the strict reading names the meridian
            }
            case 6 -> company = text(Limits.COMPANY_BYTES);
            case 7 -> description = text(Limits.DESCRIPTION_BYTES);
            case 8 -> publishedAt = instant(publication);
            default -> {
                hasDetails = true;
                takeDetail(field);
            }
        }
    }

    private void takeDetail(int field) {
        switch (field) {
            case 9 -> category = text(Limits.CATEGORY_BYTES);
            case 10 -> {
                String text = text(Limits.URL_BYTES);
                url = text == null ? null : DetailRules.url("url", text);
            }
            case 11 -> salaryMin = amount();
            case 12 -> salaryMax = amount();
            case 13 -> {
                String text = text(Limits.PLACE_BYTES);
                salaryCurrency = text == null ? null : DetailRules.currency("salary_currency", text);
            }
            case 14 -> {
                String text = text(Limits.PLACE_BYTES);
                salaryPeriod = text == null ? null : DetailRules.period("salary_period", text);
            }
            case 15 -> city = text(Limits.PLACE_BYTES);
            case 16 -> country = text(Limits.PLACE_BYTES);
            case 17 -> {
                boolean yes = value[at] == 't';
                expectWord(yes ? TRUE : FALSE);
                remote = yes;
            }
            case 18 -> validThrough = instant(expiry);
            default -> throw new Unusual();
        }
    }

    /** The number of a field that was not there before. The last byte is a brace, so no scan leaves the array. */
    private int fieldName() {
        expect('"');
        int from = at;
        while (value[at] != '"' && at < value.length - 1) {
            at++;
        }
        int field = fieldNumber(from, at - from);
        at++;
        int bit = 1 << field;
        if (field == NO_FIELD || (seen & bit) != 0 || at >= value.length) {
            throw new Unusual();
        }
        seen |= bit;
        return field;
    }

    private int otherNumber(int from, int length) {
        if (length < byLength.length) {
            for (int field : byLength[length]) {
                if (Arrays.equals(value, from, from + length, otherNames[field], 0, length)) {
                    return field;
                }
            }
        }
        return NO_FIELD;
    }

    private int fieldNumber(int from, int length) {
        if (otherNames != null) {
            return otherNumber(from, length);
        }
        int field =
                switch (length) {
                    case 2 -> ID;
                    case 3 -> 10;
                    case 4 -> value[from] == 'n' ? 3 : 15;
                    case 6 -> 17;
                    case 7 -> value[from + 2] == 'm' ? 6 : 16;
                    case 8 -> 9;
                    case 10 -> value[from + 8] == 'i' ? 11 : 12;
                    case 11 -> 7;
                    case 12 -> 8;
                    case 13 ->
                        switch (value[from]) {
                            case 'p' -> 1;
                            case 'c' -> 2;
                            case 's' -> 14;
                            default -> 18;
                        };
                    case 15 -> value[from] == 'o' ? 4 : 13;
                    case 16 -> 5;
                    default -> NO_FIELD;
                };
        return field != NO_FIELD && Arrays.equals(value, from, from + length, FIELDS[field], 0, length)
                ? field
                : NO_FIELD;
    }

    private void takeId(byte[] key) {
        expect('"');
        int end = at + key.length;
        if (end >= value.length || value[end] != '"' || !Arrays.equals(value, at, end, key, 0, key.length)) {
            throw new Unusual();
        }
        for (int i = at; i < end; i++) {
            if (value[i] == '"' || value[i] == '\\') { // the text is another one
                throw new Unusual();
            }
        }
        at = end + 1;
        hasId = true;
    }

    private long integer() {
        int from = at;
        long number = 0;
        while (isDigit(value[at])) {
            number = number * 10 + (value[at++] - '0');
            if (at - from > EXACT_DIGITS) {
                throw new Unusual();
            }
        }
        if (at == from || (value[from] == '0' && at > from + 1)) {
            throw new Unusual();
        }
        endOfScalar();
        return number;
    }

    private double coordinate(int limit) {
        double degrees = decimal(3);
        if (!(degrees >= -limit && degrees <= limit)) {
            throw new Unusual();
        }
        return degrees;
    }

    private double amount() {
        double amount = decimal(EXACT_DIGITS);
        if (amount < 0) {
            throw new Unusual();
        }
        return amount;
    }

    private double decimal(int mostWhole) {
        int from = at;
        boolean negative = value[at] == '-';
        at += negative ? 1 : 0;
        int first = at;
        long digits = 0;
        while (isDigit(value[at]) && at - first <= LONGEST_NUMBER) {
            digits = digits * 10 + (value[at++] - '0');
        }
        int whole = at - first;
        if (whole == 0 || whole > mostWhole || (value[first] == '0' && whole > 1)) {
            throw new Unusual();
        }
        int decimals = 0;
        if (value[at] == '.') {
            int point = at++;
            while (isDigit(value[at]) && at - first <= LONGEST_NUMBER) {
                digits = digits * 10 + (value[at++] - '0'); // wrong beyond 18 digits, and not used then
            }
            decimals = at - point - 1;
            if (decimals == 0) {
                throw new Unusual();
            }
        }
        endOfScalar();
        double number = whole + decimals <= EXACT_DIGITS
                ? digits / POWERS_OF_TEN[decimals]
                : Double.parseDouble(new String(value, first, at - first, US_ASCII));
        if (at - from > LONGEST_NUMBER) {
            throw new Unusual();
        }
        return (negative ? -number : number) + 0.0; // -0.0 becomes 0.0
    }

    /** Of a number or a word; an exponent, a fraction or anything else is not expected. */
    private void endOfScalar() {
        byte next = value[at];
        if (next != ',' && next != '}' && !isBlank(next)) {
            throw new Unusual();
        }
    }

    private long instant(Instants instants) {
        expect('"');
        int length = 0;
        while (value[at] != '"') {
            byte b = value[at++];
            if (b < ' ' || b == '\\' || length == LONGEST_DATE || at == value.length) {
                throw new Unusual();
            }
            date[length++] = (char) b;
        }
        at++;
        return instants.parse(date, 0, length);
    }

    /** The text; null if nothing of it can be seen. */
    private String text(int maxBytes) {
        expect('"');
        int from = at;
        int length = latin(from);
        int end = at;
        String text;
        if (length >= 0) {
            text = new String(scratch, 0, length, ISO_8859_1); // one copy, and nothing to decode
            checkLength(length + twoByteCharacters, maxBytes);
        } else {
            length = copyUnescaped(from);
            checkLength(length, maxBytes);
            if (Utf8.firstMalformed(scratch, 0, length) >= 0) {
                throw new Unusual();
            }
            text = new String(scratch, 0, length, UTF_8);
            end = at;
        }
        at = end + 1;
        return Blanks.isBlank(text) ? null : text;
    }

    private static void checkLength(int bytes, int most) {
        if (bytes > most) {
            throw new Unusual();
        }
    }

    /**
     * Decodes a text of Latin-1 characters alone, which most are, into {@link #scratch}, and ends with {@link #at} at its
     * quote.
     *
     * @return number of characters, or -1 if it has others
     */
    private int latin(int from) {
        byte[] in = value;
        byte[] out = scratch;
        int last = in.length - 1;
        int i = from;
        int length = 0;
        int twoBytes = 0;
        while (true) {
            while (i + Long.BYTES <= last) { // eight at a time, as far as they are ASCII and nothing special
                long bytes = (long) LONG.get(in, i);
                LONG.set(out, length, bytes);
                long stop = specials(bytes) | (bytes & HIGHS);
                if (stop != 0) {
                    int plain = Long.numberOfTrailingZeros(stop) >> 3;
                    i += plain;
                    length += plain;
                    break;
                }
                i += Long.BYTES;
                length += Long.BYTES;
            }
            if (i >= last) {
                throw new Unusual();
            }
            byte b = in[i];
            if (b == '"') {
                at = i;
                twoByteCharacters = twoBytes;
                return length;
            }
            if (b == '\\') {
                out[length++] = unescape(in[i + 1]);
                i += 2;
            } else if (b == (byte) 0xC2 || b == (byte) 0xC3) {
                byte second = in[i + 1];
                if ((second & 0xC0) != 0x80) {
                    throw new Unusual();
                }
                out[length++] = (byte) ((b << 6) | (second & 0x3F));
                twoBytes++;
                i += 2;
            } else if (b >= ' ') {
                out[length++] = b; // of the last bytes of the document
                i++;
            } else if (b < 0) {
                return -1;
            } else {
                throw new Unusual();
            }
        }
    }

    /**
     * Copies a text without its escapes into {@link #scratch}, as the UTF-8 that it is, and ends with {@link #at} at its quote.
     *
     * @return number of bytes
     */
    private int copyUnescaped(int from) {
        int length = 0;
        int copied = from;
        int end = special(from);
        while (value[end] == '\\') {
            System.arraycopy(value, copied, scratch, length, end - copied);
            length += end - copied;
            scratch[length++] = unescape(value[end + 1]);
            copied = end + 2;
            end = special(copied);
        }
        System.arraycopy(value, copied, scratch, length, end - copied);
        at = end;
        return length + end - copied;
    }

    private static byte unescape(byte escaped) {
        return switch (escaped) {
            case '"', '\\', '/' -> escaped;
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            default -> throw new Unusual(); // a number, a control character, or none of JSON
        };
    }

    /**
     * Index of the next quote or backslash.
     *
     * @throws Unusual at a control character, or if neither comes before the document's last byte
     */
    private int special(int from) {
        int i = from;
        int last = value.length - 1;
        while (i + Long.BYTES <= last) {
            long found = specials((long) LONG.get(value, i));
            if (found != 0) {
                return checked(i + (Long.numberOfTrailingZeros(found) >> 3));
            }
            i += Long.BYTES;
        }
        while (i < last) {
            byte b = value[i];
            if (b == '"' || b == '\\' || (b >= 0 && b < ' ')) {
                return checked(i);
            }
            i++;
        }
        throw new Unusual();
    }

    private int checked(int index) {
        if (value[index] < ' ') {
            throw new Unusual();
        }
        return index;
    }

    /**
     * The high bit of the lowest byte that is a quote, a backslash or a control character, and perhaps of higher ones: the
     * well-known test for a zero byte and for a byte below 32, each of which is exact up to the first one it finds.
     */
    private static long specials(long bytes) {
        long quote = bytes ^ (ONES * '"');
        long backslash = bytes ^ (ONES * '\\');
        return (((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash) | ((bytes - ONES * ' ') & ~bytes))
                & HIGHS;
    }

    private void expect(char c) {
        if (value[at] != c) {
            throw new Unusual();
        }
        at++;
        if (at == value.length) {
            throw new Unusual();
        }
    }

    private void expectWord(byte[] word) {
        int end = at + word.length;
        if (end >= value.length || !Arrays.equals(value, at, end, word, 0, word.length)) {
            throw new Unusual();
        }
        at = end;
        endOfScalar();
    }

    /** The last byte is a brace, where every loop over blanks ends. */
    private void skipBlanks() {
        while (at < value.length && isBlank(value[at])) {
            at++;
        }
        if (at == value.length) {
            throw new Unusual();
        }
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static byte[] name(String field) {
        return field.getBytes(US_ASCII);
    }
}
