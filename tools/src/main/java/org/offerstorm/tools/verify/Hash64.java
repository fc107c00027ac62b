package org.offerstorm.tools.verify;

/** 64 bits over what a record holds (FNV-1a over chars and bytes): tells apart by accident, not against an adversary. */
final class Hash64 {
    private static final long START = 0xCBF29CE484222325L;
    private static final long PRIME = 0x100000001B3L;
    private static final int ABSENT = 0x1FFFF;
    private static final int END = 0x1FFFE;

    private long hash = START;

    private Hash64() {}

    /** All fields of a version of an offer but its category; of a deletion, {@code offer} is null. */
    static long of(String id, PlainOffer offer) {
        Hash64 hash = new Hash64();
        hash.text(id);
        if (offer != null) {
            hash.number(offer.professionId());
            hash.text(offer.contractType());
            hash.text(offer.name());
            hash.decimal(offer.latitude());
            hash.decimal(offer.longitude());
            hash.text(offer.company());
            hash.text(offer.description());
            hash.number(offer.publishedAtMillis());
            hash.details(offer.details());
        }
        return hash.finish();
    }

    /** A record as it came; either may be null. */
    static long of(byte[] key, byte[] value) {
        Hash64 hash = new Hash64();
        hash.bytes(key);
        hash.bytes(value);
        return hash.finish();
    }

    private void details(PlainDetails details) {
        text(details.url());
        decimal(details.salaryMin());
        decimal(details.salaryMax());
        text(details.salaryCurrency());
        text(details.salaryPeriod());
        text(details.city());
        text(details.country());
        text(details.remote() == null ? null : details.remote().toString());
        number(details.validThroughMillis());
        details.fields().forEach((name, value) -> {
            text(name);
            text(value);
        });
    }

    private void add(int unit) {
        hash = (hash ^ unit) * PRIME;
    }

    private void text(String text) {
        if (text == null) {
            add(ABSENT);
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            add(text.charAt(i));
        }
        add(END);
    }

    private void bytes(byte[] bytes) {
        if (bytes == null) {
            add(ABSENT);
            return;
        }
        for (byte b : bytes) {
            add(b & 0xFF);
        }
        add(END);
    }

    private void number(Long number) {
        if (number == null) {
            add(ABSENT);
            return;
        }
        for (int shift = 0; shift < Long.SIZE; shift += Short.SIZE) {
            add((int) (number >>> shift) & 0xFFFF);
        }
        add(END);
    }

    private void decimal(Double decimal) {
        number(decimal == null ? null : (Long) Double.doubleToLongBits(decimal));
    }

    private long finish() {
        return hash ^ (hash >>> 32);
    }
}
