package org.offerstorm.topology.operate;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.offerstorm.core.check.Failure;

/** The shaded jar that a submission uploads: the one that {@code storm jar} was given, or the one that the build made. */
final class TopologyJar {
    /** Names a jar to the launcher's {@code submit}. */
    static final String PROPERTY = "offerstorm.topology.jar";

    private static final String HOME = "offerstorm.home";
    /** Those whose classes it holds; the launcher's {@code jar_modules}. */
    static final List<String> MODULES = List.of("core", "formats", "sinks", "spouts", "tools", "bolts", "topology");

    private static final String BUILD = "./mvnw -q -B -DskipTests -pl topology -am package";

    private TopologyJar() {}

    /**
     * Finds it.
     *
     * @param version of this program
     * @throws Failure if there is none, or the classes of the build are newer
     */
    static Path find(String version) {
        Optional<Path> given = named(StormProperties.JAR).or(() -> named(PROPERTY));
        if (given.isPresent()) {
            if (!Files.isRegularFile(given.get())) {
                throw Failure.usage("there is no topology jar " + given.get());
            }
            return given.get();
        }
        Path home = named(HOME)
                .orElseThrow(() -> Failure.usage("which jar is to run on the cluster? Start this with 'storm jar"
                        + " offerstorm-topology-" + version
                        + ".jar org.offerstorm.topology.Main -- submit', or name the"
                        + " jar with -D" + PROPERTY + "=FILE"));
        return built(home, version);
    }

    /** The jar of the build in {@code home}; an old one would run other code than the one that the user looks at. */
    static Path built(Path home, String version) {
        Path jar = home.resolve("topology/target/offerstorm-topology-" + version + ".jar");
        String build = "; build it: cd " + home + " && " + BUILD;
        if (!Files.isRegularFile(jar)) {
            throw Failure.usage("there is no topology jar " + jar + build);
        }
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (String module : MODULES) {
                Path classes = home.resolve(module).resolve("target/classes");
                Optional<Path> other = Files.isDirectory(classes) ? differing(classes, zip) : Optional.empty();
                if (other.isPresent()) {
                    throw Failure.usage(
                            "the topology jar " + jar + " is older than " + home.relativize(other.get()) + build);
                }
            }
        } catch (IOException e) {
            throw Failure.unreachable("cannot read the topology jar " + jar + ": " + e.getMessage() + build, e);
        }
        return jar;
    }

    /** A class that the jar has not, or not so. Times do not tell: a build may write the same class again. */
    private static Optional<Path> differing(Path classes, ZipFile jar) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file :
                    (Iterable<Path>) files.filter(path -> path.toString().endsWith(".class"))::iterator) {
                ZipEntry entry =
                        jar.getEntry(classes.relativize(file).toString().replace(File.separatorChar, '/'));
                CRC32 sum = new CRC32();
                sum.update(Files.readAllBytes(file));
                if (entry == null || entry.getCrc() != sum.getValue()) {
                    return Optional.of(file);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> named(String property) {
        return Optional.ofNullable(System.getProperty(property))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }
}
