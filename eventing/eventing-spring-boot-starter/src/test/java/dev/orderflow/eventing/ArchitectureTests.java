package dev.orderflow.eventing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.orderflow", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule theStarterKnowsNothingOfOrders = noClasses()
            .that()
            .resideInAPackage("dev.orderflow.eventing..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.orderflow.events..", "dev.orderflow.order..", "dev.orderflow.inventory..");

    @ArchTest
    static final ArchRule rootPackageDependsOnNoRoom = noClasses()
            .that()
            .resideInAPackage("dev.orderflow.eventing")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.orderflow.eventing.*..");

    @ArchTest
    static final ArchRule outboxAndInboxDoNotKnowEachOther = noClasses()
            .that()
            .resideInAPackage("..outbox")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..inbox");

    @ArchTest
    static final ArchRule inboxDoesNotKnowTheOutbox = noClasses()
            .that()
            .resideInAPackage("..inbox")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..outbox");

    @ArchTest
    static final ArchRule retriesDoNotKnowTheInbox = noClasses()
            .that()
            .resideInAPackage("..retry")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..inbox");

    @ArchTest
    static final ArchRule nothingDependsOnTheWiring = classes()
            .that()
            .resideInAPackage("..autoconfigure")
            .should()
            .onlyBeAccessed()
            .byAnyPackage("..autoconfigure");
}
