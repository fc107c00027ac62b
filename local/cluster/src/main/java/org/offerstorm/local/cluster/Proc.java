package org.offerstorm.local.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What the system tells of other processes. */
final class Proc {
    private static final Path ROOT = Path.of("/proc");

    private Proc() {}

    /** Program and arguments; empty if it has ended or belongs to somebody else. */
    static List<String> commandLine(long pid) {
        Path file = file(pid, "cmdline");
        if (Files.exists(file)) { // Java's own reader stops after 4 KiB
            try {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                return text.isEmpty() ? List.of() : Arrays.asList(text.split("\0", -1));
            } catch (IOException e) {
                return List.of();
            }
        }
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().commandLine())
                .map(line -> Arrays.asList(line.split(" ", -1)))
                .orElse(List.of());
    }

    /** Where it works; empty if it has ended, belongs to somebody else, or the system does not tell. */
    static Optional<Path> workingDirectory(long pid) {
        try {
            return Optional.of(Files.readSymbolicLink(file(pid, "cwd")));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    /** Bytes of memory that it has in use (resident set); empty if it has ended or the system does not tell. */
    static OptionalLong memory(long pid) {
        try {
            return Files.readAllLines(file(pid, "status"), StandardCharsets.ISO_8859_1).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    static Path file(long pid, String name) {
        return ROOT.resolve(Long.toString(pid)).resolve(name);
    }
}
