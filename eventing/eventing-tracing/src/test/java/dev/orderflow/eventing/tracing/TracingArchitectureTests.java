package dev.orderflow.eventing.tracing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.orderflow.eventing", importOptions = ImportOption.DoNotIncludeTests.class)
class TracingArchitectureTests {

    @ArchTest
    static final ArchRule nothingKnowsTheSpans = classes()
            .that()
            .resideInAPackage("dev.orderflow.eventing.tracing")
            .should()
            .onlyHaveDependentClassesThat()
            .resideInAPackage("dev.orderflow.eventing.tracing");

    @ArchTest
    static final ArchRule spansKnowNoParticularTracer = noClasses()
            .that()
            .resideInAPackage("dev.orderflow.eventing.tracing")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.opentelemetry..", "brave..");
}
