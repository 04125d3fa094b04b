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
    static final ArchRule nothingKnowsTheFaults = classes()
            .that()
            .resideInAPackage("dev.orderflow.eventing.fault")
            .should()
            .onlyHaveDependentClassesThat()
            .resideInAPackage("dev.orderflow.eventing.fault");

    @ArchTest
    static final ArchRule theFaultsKnowNeitherRetriesNorDeadLetters = noClasses()
            .that()
            .resideInAPackage("dev.orderflow.eventing.fault")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.orderflow.eventing.retry..", "dev.orderflow.eventing.deadletter..");
}
