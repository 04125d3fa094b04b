package dev.orderflow.eventing.admin;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.orderflow.eventing", importOptions = ImportOption.DoNotIncludeTests.class)
class AdminArchitectureTests {

    @ArchTest
    static final ArchRule noOtherModuleKnowsTheAdministration = noClasses()
            .that()
            .resideOutsideOfPackage("dev.orderflow.eventing.admin..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.orderflow.eventing.admin..");

    @ArchTest
    static final ArchRule sharedPartsKnowNoSubject = noClasses()
            .that()
            .resideInAPackage("dev.orderflow.eventing.admin")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.orderflow.eventing.admin.*..");

    @ArchTest
    static final ArchRule subjectsDependOnEachOtherOneWay =
            slices().matching("dev.orderflow.eventing.admin.(*)..").should().beFreeOfCycles();
}
