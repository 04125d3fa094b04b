package dev.orderflow.shipping;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.orderflow.eventing.test.SourceClasses;

@AnalyzeClasses(packages = "dev.orderflow.shipping", importOptions = SourceClasses.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule ofTheProjectItKnowsOnlyEventsAndTheirExchange = classes()
            .should()
            .onlyDependOnClassesThat(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("dev.orderflow.."))
                    .or(JavaClass.Predicates.resideInAnyPackage(
                            "dev.orderflow.shipping..",
                            "dev.orderflow.events..",
                            "dev.orderflow.eventing",
                            "dev.orderflow.edge.orders",
                            "dev.orderflow.edge.problem",
                            "dev.orderflow.edge.security")));

    @ArchTest
    static final ArchRule theCarrierKnowsNothingOfWhatIsRecorded = noClasses()
            .that()
            .resideInAPackage("..shipping.carrier..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..shipping.shipment..");
}
