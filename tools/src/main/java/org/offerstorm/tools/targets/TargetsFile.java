package org.offerstorm.tools.targets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads and writes targets. Any thread. */
public final class TargetsFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ROLE = "role";
    private static final String TOPOLOGY = "topology";

    private TargetsFile() {}

    /**
     * Replaces the file, unless it holds just this list. Directories above it must exist.
     *
     * @return whether the file changed
     * @throws IOException if it cannot be written; the file is as it was then. The message names it and the reason
     */
    public static boolean write(Path file, List<ScrapeTarget> targets) throws IOException {
        byte[] text = text(targets);
        try {
            if (Files.exists(file) && java.util.Arrays.equals(Files.readAllBytes(file), text)) {
                return false;
            }
            Path whole = file.toAbsolutePath();
            // Prometheus looks at names like *.json: this is none.
            Path draft = whole.resolveSibling(
                    whole.getFileName() + "." + ProcessHandle.current().pid() + ".new");
            try {
                Files.write(draft, text);
                Files.move(draft, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
            return true;
        } catch (FileSystemException e) {
            throw new IOException(file + " cannot be written (" + reason(e) + ")", e);
        }
    }

    /**
     * The targets of a file of this form, also of one that others wrote; a target without a known role is a worker.
     *
     * @throws IOException if it cannot be read or has another form; the message names it and the reason
     */
    public static List<ScrapeTarget> read(Path file) throws IOException {
        JsonNode groups;
        try {
            groups = JSON.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is not JSON: " + e.getOriginalMessage(), e);
        } catch (FileSystemException e) {
            throw new IOException(file + " cannot be read (" + reason(e) + ")", e);
        }
        if (!groups.isArray()) {
            throw new IOException(file + " is not a list of targets; 'offerstorm status --targets FILE' writes one");
        }
        List<ScrapeTarget> targets = new ArrayList<>();
        for (JsonNode group : groups) {
            JsonNode labels = group.path("labels");
            for (JsonNode target : group.path("targets")) {
                targets.add(new ScrapeTarget(
                        target.asText(),
                        role(labels.path(ROLE).asText()),
                        labels.path(TOPOLOGY).asText()));
            }
        }
        return List.copyOf(targets);
    }

    private static ScrapeTarget.Role role(String label) {
        return Stream.of(ScrapeTarget.Role.values())
                .filter(role -> role.label().equals(label))
                .findFirst()
                .orElse(ScrapeTarget.Role.WORKER);
    }

    private static byte[] text(List<ScrapeTarget> targets) {
        Map<Map<String, String>, List<String>> groups = new LinkedHashMap<>();
        for (ScrapeTarget target : targets) {
            Map<String, String> labels =
                    new LinkedHashMap<>(Map.of(ROLE, target.role().label()));
            if (!target.topology().isEmpty()) {
                labels.put(TOPOLOGY, target.topology());
            }
            groups.computeIfAbsent(labels, any -> new ArrayList<>()).add(target.address());
        }
        List<Map<String, Object>> list = new ArrayList<>();
        groups.forEach((labels, addresses) -> {
            Map<String, Object> group = new LinkedHashMap<>();
            group.put("targets", addresses);
            group.put("labels", labels);
            list.add(group);
        });
        try {
            return (JSON.writerWithDefaultPrettyPrinter().writeValueAsString(list) + "\n")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String reason(FileSystemException e) {
        return Optional.ofNullable(e.getReason()).orElse(e.getClass().getSimpleName());
    }
}
