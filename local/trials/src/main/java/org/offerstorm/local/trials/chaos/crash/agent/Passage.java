package org.offerstorm.local.trials.chaos.crash.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Ends the process at the armed point.
 *
 * <p>The file {@code armed} of the directory holds the point's label and a number, {@code redis-reply 3}: a process ends at its third
 * passage after it saw the file. The process that renames the file first has fired, so it happens once even if several run at the same
 * time; the file {@code fired} then says what {@code armed} said, and the pid. These are files because a worker that starts later must see
 * them, too.
 */
public final class Passage {
    /** Written by the fault: label and number of the passage. */
    public static final String ARMED = "armed";
    /** Written by the process before it ends. */
    public static final String FIRED = "fired";

    private static final int EXIT_CODE = 137; // a shell's word for SIGKILL
    private static Path directory;
    private static String armed = "";
    private static int passed;

    private Passage() {}

    static void watch(Path watched) {
        directory = watched;
    }

    /** Every hook calls it, on the thread that passes. */
    public static void at(String label) {
        if (directory != null && Files.exists(directory.resolve(ARMED)) && isDue(label)) {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }

    /** Whether this is the passage that was asked for; at most one process and thread ever gets that answer. */
    private static synchronized boolean isDue(String label) {
        try {
            Path file = directory.resolve(ARMED);
            String text = Files.readString(file);
            List<String> words = List.of(text.strip().split(" ", -1));
            if (!words.get(0).equals(label) || !isWithin(CrashPoint.of(label).orElseThrow())) {
                return false;
            }
            if (!text.equals(armed)) {
                armed = text;
                passed = 0;
            }
            if (++passed < Integer.parseInt(words.get(1))) {
                return false;
            }
            Path mine = directory.resolve("firing-" + ProcessHandle.current().pid());
            Files.move(file, mine, StandardCopyOption.ATOMIC_MOVE);
            Files.writeString(
                    mine, text.strip() + " pid " + ProcessHandle.current().pid());
            Files.move(mine, directory.resolve(FIRED), StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (NoSuchFileException e) {
            return false; // another process was faster, or it was disarmed
        } catch (IOException | RuntimeException e) {
            note("failed", label + ": " + e);
            return false;
        }
    }

    private static boolean isWithin(CrashPoint point) {
        return point.within().isEmpty()
                || StackWalker.getInstance()
                        .walk(frames -> frames.anyMatch(frame ->
                                point.within().get().equals(frame.getClassName() + "#" + frame.getMethodName())));
    }

    /** Adds a line to a file of the directory, for the fault to read. */
    static void note(String file, String line) {
        try {
            Files.writeString(
                    directory.resolve(file),
                    line + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
