package org.offerstorm.local.trials;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.core.domain.properties.HasParameterTypes.Predicates.rawParameterTypes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.text.Format;
import java.time.format.DateTimeFormatter;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Scanner;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may depend on whom. Maven's own rules (pom.xml) say which libraries a module may see at all. */
class ArchitectureTest {
    private static JavaClasses code;

    @BeforeAll
    static void read() {
        code = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages("org.offerstorm");
    }

    @Test
    void modules_depend_one_way() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("org.offerstorm..")
                .layer("core")
                .definedBy("org.offerstorm.core..")
                .layer("servers")
                .definedBy("org.offerstorm.local.servers..")
                .layer("formats")
                .definedBy("org.offerstorm.formats..")
                .layer("sinks")
                .definedBy("org.offerstorm.sinks..")
                .layer("spouts")
                .definedBy("org.offerstorm.spouts..")
                .layer("tools")
                .definedBy("org.offerstorm.tools..")
                .layer("bolts")
                .definedBy("org.offerstorm.bolts..")
                .layer("topology")
                .definedBy("org.offerstorm.topology..")
                .layer("dashboard")
                .definedBy("org.offerstorm.dashboard..")
                .layer("ingest")
                .definedBy("org.offerstorm.ingest..")
                .layer("solr's extension")
                .definedBy("org.offerstorm.solr..")
                .layer("neighbours")
                .definedBy("org.offerstorm.local.neighbours..")
                .layer("cluster")
                .definedBy("org.offerstorm.local.cluster..", "org.offerstorm.local.demo..")
                .layer("trials")
                .definedBy("org.offerstorm.local.trials..")
                .whereLayer("trials")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("solr's extension")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("neighbours")
                .mayOnlyBeAccessedByLayers("trials")
                .whereLayer("cluster")
                .mayOnlyBeAccessedByLayers("trials")
                .whereLayer("servers")
                .mayOnlyBeAccessedByLayers("cluster", "trials")
                .whereLayer("ingest")
                .mayOnlyBeAccessedByLayers("cluster", "trials")
                .whereLayer("dashboard")
                .mayOnlyBeAccessedByLayers("ingest", "cluster", "trials")
                .whereLayer("topology")
                .mayOnlyBeAccessedByLayers("cluster", "trials")
                .whereLayer("bolts")
                .mayOnlyBeAccessedByLayers("topology", "cluster", "trials")
                .whereLayer("tools")
                .mayOnlyBeAccessedByLayers("topology", "dashboard", "ingest", "neighbours", "cluster", "trials")
                .whereLayer("spouts")
                .mayOnlyBeAccessedByLayers("tools", "topology", "neighbours", "cluster", "trials")
                .whereLayer("formats")
                .mayOnlyBeAccessedByLayers("tools", "topology", "cluster", "trials")
                .whereLayer("sinks")
                .mayOnlyBeAccessedByLayers(
                        "tools", "bolts", "topology", "dashboard", "ingest", "neighbours", "cluster", "trials")
                .check(code);
    }

    @Test
    void storm_stays_at_the_edge() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "org.offerstorm.core..",
                        "org.offerstorm.formats..",
                        "org.offerstorm.sinks..",
                        "org.offerstorm.tools..",
                        "org.offerstorm.dashboard..",
                        "org.offerstorm.ingest..",
                        "org.offerstorm.local.servers..",
                        "org.offerstorm.local.neighbours..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.storm..")
                .check(code);
    }

    @Test
    void the_domain_knows_no_server() {
        noClasses()
                .that()
                .resideInAnyPackage("org.offerstorm.core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka..",
                        "org.apache.solr..",
                        "org.apache.hadoop..",
                        "redis..",
                        "org.postgresql..",
                        "org.apache.avro..")
                .check(code);
    }

    @Test
    void the_client_of_a_store_stays_in_the_package_of_its_sink() {
        client_stays_in("org.offerstorm.sinks.redis..", "redis.clients..");
        client_stays_in("org.offerstorm.sinks.solr..", "org.apache.solr..");
        client_stays_in("org.offerstorm.sinks.hdfs..", "org.apache.hadoop..");
        client_stays_in("org.offerstorm.sinks.postgres..", "org.postgresql..");
    }

    @Test
    void no_sink_knows_another_except_changes_which_is_derived_from_redis() {
        for (String sink : new String[] {"hdfs", "postgres", "solr", "redis", "changes"}) {
            String[] others = Stream.of("hdfs", "postgres", "solr", "redis", "changes")
                    .filter(other -> !other.equals(sink) && !(sink.equals("changes") && other.equals("redis")))
                    .map(other -> "org.offerstorm.sinks." + other + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAnyPackage("org.offerstorm.sinks." + sink + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .check(code);
        }
    }

    /** HDFS' files are Avro, and so may a topic's values be; neither use knows the other. */
    @Test
    void avro_stays_where_it_is_read_and_written() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "org.offerstorm.sinks.hdfs..", "org.offerstorm.formats.avro..", "org.offerstorm.local..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.avro..")
                .check(code);
    }

    @Test
    void formats_know_no_server_of_the_pipeline() {
        noClasses()
                .that()
                .resideInAnyPackage("org.offerstorm.formats..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "org.apache.solr..", "org.apache.hadoop..", "redis..")
                .check(code);
    }

    /** It checks whom the password goes to. */
    @Test
    void connections_to_redis_are_made_in_one_place() {
        assertThat(code.stream()
                        .filter(type -> !type.getPackageName().startsWith("org.offerstorm.local"))
                        .filter(type -> type.getConstructorCallsFromSelf().stream()
                                .anyMatch(
                                        call -> call.getTargetOwner().getName().equals("redis.clients.jedis.Jedis")))
                        .map(JavaClass::getSimpleName))
                .containsExactly("RedisDialer");
        noClasses()
                .that()
                .resideOutsideOfPackage("org.offerstorm.local..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "redis\\.clients\\.jedis\\.(Jedis.*Pool.*|JedisPooled|UnifiedJedis|RedisClient|JedisCluster)")
                .check(code);
    }

    private static void client_stays_in(String sink, String... client) {
        noClasses()
                .that()
                .resideOutsideOfPackages(sink, "org.offerstorm.local..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(client)
                .check(code);
    }

    @Test
    void storm_redis_is_used_by_bolts_alone_and_storm_kafka_client_by_spouts_alone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.offerstorm.bolts..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.storm.redis..")
                .check(code);
        noClasses()
                .that()
                .resideOutsideOfPackage("org.offerstorm.spouts..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.storm.kafka..")
                .check(code);
    }

    @Test
    void the_command_line_library_stays_in_packages_for_commands() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("picocli..")
                .check(code);
    }

    @Test
    void public_sinks_and_servers_are_final() {
        classes()
                .that()
                .resideInAnyPackage("org.offerstorm.sinks..", "org.offerstorm.local.servers..")
                .and()
                .arePublic()
                .and()
                .areTopLevelClasses()
                .and()
                .areNotInterfaces()
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(code);
    }

    /**
     * Most texts are for a program, or for somebody who compares them: digits, capital letters and dates must not change
     * with the language of the machine. Error Prone forbids the rest of toLowerCase() and toUpperCase().
     */
    @Test
    void texts_are_the_same_in_every_locale() {
        noClasses()
                .should()
                .callMethodWhere(target(owner(assignableTo(String.class)))
                        .and(target(name("formatted"))
                                .or(target(name("format"))
                                        .and(target(rawParameterTypes(String.class, Object[].class))))))
                .orShould()
                .callMethodWhere(target(owner(assignableTo(PrintStream.class).or(assignableTo(PrintWriter.class))))
                        .and(target(nameMatching("printf|format")))
                        .and(target(rawParameterTypes(String.class, Object[].class))))
                .orShould()
                .callMethod(String.class, "toLowerCase")
                .orShould()
                .callMethod(String.class, "toUpperCase")
                .orShould()
                .callMethod(DateTimeFormatter.class, "ofPattern", String.class)
                .orShould()
                .callMethodWhere(
                        target(owner(assignableTo(DateTimeFormatter.class))).and(target(nameMatching("ofLocalized.*"))))
                .orShould()
                .callMethod(Locale.class, "getDefault")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Format.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Scanner.class)
                .orShould()
                .callConstructor(Formatter.class)
                .orShould()
                .callConstructor(Formatter.class, Appendable.class)
                .check(code);
    }

    @Test
    void a_class_name_has_one_meaning() {
        Map<String, List<String>> byName = code.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .collect(groupingBy(
                        JavaClass::getSimpleName, TreeMap::new, mapping(JavaClass::getPackageName, toList())));
        byName.values().removeIf(packages -> packages.size() == 1);

        assertThat(byName).as("class names and the packages that use them").isEmpty();
    }
}
