package dev.orderflow.inventory;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.orderflow.eventing.test.SourceClasses;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packagesOf = InventoryApplication.class, importOptions = SourceClasses.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule inventoryKnowsOfTheSuiteOnlyEventingSharedEventsAndItsEdge = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("dev.orderflow..")
                    .and(not(resideInAnyPackage(
                            "dev.orderflow.inventory..",
                            "dev.orderflow.eventing",
                            "dev.orderflow.eventing.schemas",
                            "dev.orderflow.events..",
                            "dev.orderflow.edge",
                            "dev.orderflow.edge.problem",
                            "dev.orderflow.edge.security"))));

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.orderflow.inventory.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule stockIsNobodyElsesBusiness =
            classes().that().resideInAPackage("..stock..").should().notBePublic();

    @ArchTest
    static final ArchRule timeComesFromAClock = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Clock.class, "systemUTC");

    @ArchTest
    static final ArchRule collaboratorsComeThroughTheConstructor = NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
}
