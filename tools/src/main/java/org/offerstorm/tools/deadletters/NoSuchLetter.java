package org.offerstorm.tools.deadletters;

/** A position without a dead letter; the message says which there are near by, or what became of it. */
public final class NoSuchLetter extends Exception {
    NoSuchLetter(String message) {
        super(message);
    }
}
