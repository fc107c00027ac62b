package org.offerstorm.local.trials;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may depend on whom. */
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
    void dependencies_point_one_way() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("org.offerstorm..")
                .layer("core")
                .definedBy("org.offerstorm.core..")
                .layer("sinks")
                .definedBy("org.offerstorm.sinks..")
                .layer("spouts")
                .definedBy("org.offerstorm.spouts..")
                .layer("bolts")
                .definedBy("org.offerstorm.bolts..")
                .layer("topology")
                .definedBy("org.offerstorm.topology..")
                .layer("dashboard")
                .definedBy("org.offerstorm.dashboard..")
                .layer("solr's extension")
                .definedBy("org.offerstorm.solr..")
                .layer("local")
                .definedBy("org.offerstorm.local..")
                .whereLayer("local")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("solr's extension")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("topology")
                .mayOnlyBeAccessedByLayers("local")
                .whereLayer("bolts")
                .mayOnlyBeAccessedByLayers("topology", "local")
                .whereLayer("spouts")
                .mayOnlyBeAccessedByLayers("topology", "local")
                .whereLayer("sinks")
                .mayOnlyBeAccessedByLayers("bolts", "topology", "dashboard", "local")
                .whereLayer("dashboard")
                .mayOnlyBeAccessedByLayers("local")
                .check(code);
    }

    @Test
    void storm_stays_at_the_edge() {
        noClasses()
                .that()
                .resideInAnyPackage("org.offerstorm.core..", "org.offerstorm.sinks..", "org.offerstorm.dashboard..")
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
                        "org.apache.avro..")
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
    void packages_have_no_cycles() {
        slices().matching("org.offerstorm.(*).(*)..").should().beFreeOfCycles().check(code);
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
                .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL)
                .check(code);
    }
}
