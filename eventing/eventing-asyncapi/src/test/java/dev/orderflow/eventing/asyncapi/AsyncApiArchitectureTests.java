package dev.orderflow.eventing.asyncapi;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.orderflow.eventing", importOptions = ImportOption.DoNotIncludeTests.class)
class AsyncApiArchitectureTests {

    @ArchTest
    static final ArchRule nothingKnowsTheDocument = classes()
            .that()
            .resideInAPackage("dev.orderflow.eventing.asyncapi")
            .should()
            .onlyHaveDependentClassesThat()
            .resideInAPackage("dev.orderflow.eventing.asyncapi");
}
