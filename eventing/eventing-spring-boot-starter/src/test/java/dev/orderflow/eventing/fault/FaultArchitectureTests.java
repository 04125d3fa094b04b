package dev.orderflow.eventing.fault;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.orderflow.eventing", importOptions = ImportOption.DoNotIncludeTests.class)
class FaultArchitectureTests {

    @ArchTest
    static final ArchRule nothingButTheWiringKnowsTheFaults = classes()
            .that()
            .resideInAPackage("dev.orderflow.eventing.fault")
            .should()
            .onlyHaveDependentClassesThat()
            .resideInAnyPackage("dev.orderflow.eventing.fault", "dev.orderflow.eventing.autoconfigure");

    @ArchTest
    static final ArchRule theFaultsKnowNoRoomsButInboxOutboxAndWire = noClasses()
            .that()
            .resideInAPackage("dev.orderflow.eventing.fault")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.orderflow.eventing.retry..",
                    "dev.orderflow.eventing.deadletter..",
                    "dev.orderflow.eventing.autoconfigure..");
}
