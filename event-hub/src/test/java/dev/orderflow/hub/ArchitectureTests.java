package dev.orderflow.hub;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.orderflow.eventing.test.SourceClasses;

@AnalyzeClasses(packages = "dev.orderflow.hub", importOptions = SourceClasses.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule ofTheProjectItKnowsOnlyEventsTheirWireFormatAndTheEdge = classes()
            .should()
            .onlyDependOnClassesThat(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("dev.orderflow.."))
                    .or(JavaClass.Predicates.resideInAnyPackage(
                            "dev.orderflow.hub..",
                            "dev.orderflow.events",
                            "dev.orderflow.eventing",
                            "dev.orderflow.eventing.kafka",
                            "dev.orderflow.eventing.schema",
                            "dev.orderflow.eventing.wire",
                            "dev.orderflow.edge",
                            "dev.orderflow.edge.problem",
                            "dev.orderflow.edge.security")));

    @ArchTest
    static final ArchRule theStoreKnowsNothingOfItsReaders = noClasses()
            .that()
            .resideInAnyPackage("..hub.store..", "..hub.sequence..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..hub.query..", "..hub.timeline..", "..hub.live..");
}
