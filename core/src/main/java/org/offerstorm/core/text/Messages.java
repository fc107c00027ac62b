package org.offerstorm.core.text;

/** An error in one line. */
public final class Messages {
    private static final int LONGEST = 400;

    private Messages() {}

    /** The error's message and those of its causes that say more. */
    public static String of(Throwable error) {
        StringBuilder text = new StringBuilder();
        for (Throwable t = error; t != null && text.length() < LONGEST; t = t.getCause()) {
            String message = t.getMessage() == null ? t.getClass().getSimpleName() : t.getMessage();
            if (text.indexOf(message) < 0) {
                text.append(text.isEmpty() ? "" : ": ").append(PlainText.firstLine(message));
            }
        }
        return text.toString();
    }
}
