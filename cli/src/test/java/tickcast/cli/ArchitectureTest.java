package tickcast.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String[] PACKAGES = {
        "protocol", "journal", "simulator", "orderentry", "gateway", "latency", "client", "cli"
    };

    private static JavaClasses all;

    @BeforeAll
    static void read() {
        all = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("tickcast");
    }

    @Test
    void everyModuleIsLookedAt() {
        for (String name : PACKAGES) {
            assertTrue(
                    all.stream()
                            .anyMatch(javaClass -> javaClass.getPackageName().startsWith("tickcast." + name)),
                    name);
        }
    }

    @Test
    void modulesUseOnlyWhatTheyMay() {
        var layers = layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (String name : PACKAGES) {
            layers = layers.layer(name).definedBy("tickcast." + name + "..");
        }
        layers.whereLayer("protocol")
                .mayNotAccessAnyLayer()
                .whereLayer("latency")
                .mayNotAccessAnyLayer()
                .whereLayer("journal")
                .mayOnlyAccessLayers("protocol")
                .whereLayer("simulator")
                .mayOnlyAccessLayers("protocol", "journal", "latency")
                .whereLayer("orderentry")
                .mayOnlyAccessLayers("protocol", "journal", "latency")
                .whereLayer("gateway")
                .mayOnlyAccessLayers("protocol", "journal", "orderentry", "latency")
                .whereLayer("client")
                .mayOnlyAccessLayers("protocol", "latency")
                .check(all);
    }

    @Test
    void noCycles() {
        slices().matching("tickcast.(*)..").should().beFreeOfCycles().check(all);
    }

    @Test
    void exchangeAndGatewayMeetOnTheQueueOnly() {
        noClasses()
                .that()
                .resideInAPackage("tickcast.gateway..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("tickcast.simulator..")
                .check(all);
        noClasses()
                .that()
                .resideInAPackage("tickcast.simulator..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("tickcast.gateway..", "tickcast.orderentry..")
                .check(all);
    }

    @Test
    void latencyKnowsHdrHistogramOnly() {
        classes()
                .that()
                .resideInAPackage("tickcast.latency..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("tickcast.latency..", "org.HdrHistogram..", "java..")
                .check(all);
    }

    @Test
    void protocolDoesNoInputAndOutput() {
        noClasses()
                .that()
                .resideInAPackage("tickcast.protocol..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.vertx..",
                        "io.netty..",
                        "net.openhft..",
                        "org.slf4j..",
                        "java.net..",
                        "java.nio.channels..",
                        "java.nio.file..",
                        "java.util.concurrent.locks..")
                .check(all);
    }

    @Test
    void coresAreArithmeticAndNothingElse() {
        classes()
                .that()
                .haveNameMatching("tickcast\\.simulator\\.(MatchingEngine|OrderBook|BookSide|BookOrder|BookLevel)"
                        + "|tickcast\\.protocol\\.(DepthBook|PriceLevels|BookChecksum|Decimal8|V1|Packet)")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                                "tickcast.simulator..",
                                "tickcast.protocol..",
                                "org.agrona..",
                                "java.lang..",
                                "java.util",
                                "java.util.zip",
                                "java.math",
                                "java.nio",
                                "java.util.function")
                        .or(type(TimeUnit.class)))
                .check(all);
        for (String clock : List.of("currentTimeMillis", "nanoTime")) {
            noClasses()
                    .that()
                    .haveNameMatching(
                            "tickcast\\.simulator\\.(MatchingEngine|OrderBook|BookSide)|tickcast\\.protocol\\..*")
                    .should()
                    .callMethod(System.class, clock)
                    .check(all);
        }
    }

    @Test
    void aSimpleNameOccursOnce() {
        Map<String, List<String>> names = all.stream()
                .filter(ArchitectureTest::isTopLevel)
                .collect(groupingBy(JavaClass::getSimpleName, TreeMap::new, mapping(JavaClass::getName, toList())));
        names.values().removeIf(classes -> classes.size() == 1);
        assertEquals(Map.of(), names);
    }

    @Test
    void noNamesThatSayNothing() {
        noClasses()
                .should()
                .haveNameMatching(".*(Impl|Manager|Helper|Util|Utils)")
                .check(all);
    }

    /** A package-info is there in every package. */
    private static boolean isTopLevel(JavaClass javaClass) {
        return javaClass.isTopLevelClass() && !javaClass.getSimpleName().equals("package-info");
    }
}
