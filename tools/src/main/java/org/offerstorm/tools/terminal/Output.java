package org.offerstorm.tools.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.offerstorm.core.check.Failure;

/**
 * Standard output that remembers why it failed: a {@link java.io.PrintWriter} keeps that to itself. Used by the command's
 * thread.
 */
public final class Output extends OutputStream {
    private final OutputStream out;
    private IOException failure;

    public Output(OutputStream out) {
        this.out = out;
    }

    /** Why a write failed; null if none did. */
    public IOException failure() {
        return failure;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (failure != null) {
            throw new IOException(failure);
        }
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /**
     * Ends a command that could not write: quietly if nobody reads any more, as after {@code | head}.
     *
     * @param target file, or standard output
     * @return the exit code
     * @throws Failure if it is no closed pipe
     */
    public static int end(String target, IOException why) {
        if (isClosedPipe(why)) {
            return Failure.PIPE_CLOSED;
        }
        throw Failure.unreachable("cannot write to " + target + ": " + reason(why), why);
    }

    public static boolean isClosedPipe(Throwable why) {
        for (Throwable t = why; t != null; t = t.getCause()) {
            if (t.getMessage() != null && t.getMessage().contains("Broken pipe")) {
                return true;
            }
        }
        return false;
    }

    /** What the operating system said, without the file's name. */
    public static String reason(IOException why) {
        if (why instanceof NoSuchFileException) {
            return "no such directory";
        }
        if (why instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (why instanceof FileSystemException file && file.getReason() != null) {
            return file.getReason();
        }
        return why.getMessage() == null ? why.toString() : why.getMessage();
    }
}
