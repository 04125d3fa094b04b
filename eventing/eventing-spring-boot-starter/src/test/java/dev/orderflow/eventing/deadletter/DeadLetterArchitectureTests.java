package dev.orderflow.eventing.deadletter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.orderflow.eventing", importOptions = ImportOption.DoNotIncludeTests.class)
class DeadLetterArchitectureTests {

    @ArchTest
    static final ArchRule deadLettersKnowOnlyRetriesAndTheWire = noClasses()
            .that()
            .resideInAPackage("..eventing.deadletter")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..eventing.inbox..", "..eventing.outbox..");

    @ArchTest
    static final ArchRule noOtherRoomKnowsDeadLetters = classes()
            .that()
            .resideInAPackage("..eventing.deadletter")
            .should()
            .onlyHaveDependentClassesThat()
            .resideInAPackage("..eventing.deadletter");
}
