package dev.orderflow.loyalty;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.orderflow.eventing.test.SourceClasses;
import java.time.Instant;

@AnalyzeClasses(packages = "dev.orderflow.loyalty", importOptions = SourceClasses.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule ofTheProjectItKnowsOnlyEventsAndTheirExchange = classes()
            .should()
            .onlyDependOnClassesThat(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("dev.orderflow.."))
                    .or(JavaClass.Predicates.resideInAnyPackage(
                            "dev.orderflow.loyalty..",
                            "dev.orderflow.events..",
                            "dev.orderflow.eventing",
                            "dev.orderflow.edge",
                            "dev.orderflow.edge.orders",
                            "dev.orderflow.edge.paging",
                            "dev.orderflow.edge.problem",
                            "dev.orderflow.edge.security")));

    @ArchTest
    static final ArchRule theClientKnowsNothingOfPoints = noClasses()
            .that()
            .resideInAPackage("..loyalty.owner..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..loyalty.points..");

    @ArchTest
    static final ArchRule timeComesFromTheClock = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");
}
