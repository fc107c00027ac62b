package org.offerstorm.local.cluster.secure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The users of {@code deploy/security/redis-users.conf}, with their passwords. */
final class RedisUsers {
    private static final String USER = "user ";
    private static final String PLACE = ">PASSWORD";

    private RedisUsers() {}

    /**
     * Lines for {@code redis.conf}. {@link ClusterRole#EVERYTHING} may what any of them may, and ask whether the server serves.
     *
     * @param file the file
     * @param hashes user to the SHA-256 of the password, in hexadecimal digits
     */
    static List<String> lines(Path file, Map<String, String> hashes) throws IOException {
        List<String> lines = new ArrayList<>();
        Set<String> keys = new LinkedHashSet<>();
        Set<String> rights = new LinkedHashSet<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.startsWith(USER)) {
                continue;
            }
            String[] words = line.substring(USER.length()).strip().split("\\s+", -1);
            if (line.contains(PLACE)) {
                lines.add(line.replace(PLACE, hash(hashes, words[0])));
                Stream.of(words).filter(word -> word.startsWith("~")).forEach(keys::add);
                Stream.of(words).filter(word -> word.startsWith("+")).forEach(rights::add);
            } else {
                lines.add(line);
            }
        }
        String everything = ClusterRole.EVERYTHING.user();
        lines.add(USER + everything + " on " + hash(hashes, everything) + " " + String.join(" ", keys) + " -@all +ping "
                + rights.stream().sorted().collect(Collectors.joining(" ")));
        String administrator = ClusterRole.ADMINISTRATOR.user();
        lines.add(USER + administrator + " on " + hash(hashes, administrator) + " ~* &* +@all");
        return lines;
    }

    private static String hash(Map<String, String> hashes, String user) throws IOException {
        String hash = hashes.get(user);
        if (hash == null) {
            throw new IOException("no role has the user " + user);
        }
        return "#" + hash;
    }
}
