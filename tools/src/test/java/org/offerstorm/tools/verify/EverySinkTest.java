package org.offerstorm.tools.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.option.Option;
import org.offerstorm.core.sink.HealthContext;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.SinkContext;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.sinks.Sinks;
import org.offerstorm.tools.config.ConfigLoader;

/** What a sink in {@link Sinks#ALL} needs outside its package; each failure names what is missing and where. */
class EverySinkTest {
    private static final Path ROOT = Path.of("..");

    private final OfferstormConfig config = ConfigLoader.defaults();

    static List<SinkKind<?>> kinds() {
        return Sinks.ALL;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void a_sink_has_all_that_the_rest_asks_for(SinkKind<?> kind) throws IOException {
        List<String> missing = new ArrayList<>();
        String reference = page("docs/configuration.md");
        for (Option option : kind.options()) {
            if (!reference.contains("| `" + option.path() + "` |")) {
                missing.add("option " + option.path() + " in docs/configuration.md: write that page with"
                        + " './offerstorm config reference'");
            }
        }
        if (!Comparisons.has(kind)) {
            missing.add("a comparison in tools/…/verify/Comparisons.java");
        }
        if (!hasContractTest(kind)) {
            missing.add("a test that extends SinkContract in " + testsOf(kind));
        }
        for (String page : List.of("docs/guarantees.md", "README.md")) {
            if (page(page).lines().noneMatch(line -> line.startsWith("| " + kind.title() + " |"))) {
                missing.add("a row '| " + kind.title() + " | …' in the table of guarantees of " + page);
            }
        }

        assertThat(missing).as("the sink %s lacks", kind.name()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void options_are_in_the_sections_of_their_sinks(SinkKind<?> kind) {
        assertThat(kind.options())
                .allSatisfy(option -> assertThat(option.section()).isEqualTo(kind.name()));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void the_parts_of_a_sink_have_its_name_and_connect_to_nothing_yet(SinkKind<?> kind) {
        HealthContext health = new HealthContext("g", 1, Optional::empty, InstantSource.system());
        SinkContext context = new SinkContext(0, 1, 1, "g", InstantSource.system());

        assertThat(config.bound(kind).health(health).name()).isEqualTo(kind.name());
        try (Sink sink = config.bound(kind).factory().create(context)) {
            assertThat(sink.name()).isEqualTo(kind.name());
        }
        assertThat(config.bound(kind).setup()).allSatisfy(step -> {
            assertThat(step.name()).startsWith(kind.name());
            assertThat(step.where()).isNotBlank();
        });
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void a_kind_is_serialized_by_its_name_and_comes_back_as_itself(SinkKind<?> kind) throws Exception {
        assertThat(copy(kind)).isSameAs(kind);
        assertThat(kind.getClass().getDeclaredFields())
                .allMatch(field -> java.lang.reflect.Modifier.isStatic(field.getModifiers()));
    }

    @Test
    void a_configuration_is_the_same_after_its_way_to_a_worker() throws Exception {
        assertThat(copy(config)).isEqualTo(config);
    }

    @Test
    void names_components_and_client_threads_differ() {
        assertThat(Sinks.ALL).extracting(SinkKind::name).doesNotHaveDuplicates();
        assertThat(Sinks.ALL).extracting(SinkKind::component).doesNotHaveDuplicates();
        assertThat(Sinks.ALL).flatExtracting(SinkKind::clientThreads).doesNotHaveDuplicates();
    }

    private static boolean hasContractTest(SinkKind<?> kind) throws IOException {
        Path tests = ROOT.resolve(testsOf(kind));
        if (!Files.isDirectory(tests)) {
            return false;
        }
        try (Stream<Path> files = Files.list(tests)) {
            for (Path file : files.toList()) {
                if (Files.isRegularFile(file) && Files.readString(file).contains(" extends SinkContract ")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String testsOf(SinkKind<?> kind) {
        return "sinks/src/test/java/" + kind.getClass().getPackageName().replace('.', '/');
    }

    private static String page(String name) throws IOException {
        return Files.readString(ROOT.resolve(name));
    }

    private static Object copy(Object object) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }
}
