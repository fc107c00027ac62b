package org.offerstorm.tools.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** The process's own streams, as text. */
public final class StandardStreams {
    private StandardStreams() {}

    /** Standard output for text, in the terminal's {@link #charset()}. */
    public static PrintStream stdout() {
        return new PrintStream(new FileOutputStream(FileDescriptor.out), false, charset());
    }

    /**
     * The terminal's charset. Where the environment names none (LANG=C, as in containers and cron) it is ASCII to Java; there
     * UTF-8 is written, which today's terminals show and files want, in place of question marks.
     */
    public static Charset charset() {
        return charset(System.getProperty("stdout.encoding", System.getProperty("native.encoding")));
    }

    static Charset charset(String name) {
        if (name == null || !Charset.isSupported(name)) {
            return Charset.defaultCharset();
        }
        Charset charset = Charset.forName(name);
        return charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
    }
}
