package dev.orderflow.order;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.orderflow.eventing.test.SourceClasses;
import java.time.Instant;
import org.springframework.web.bind.annotation.RestController;

@AnalyzeClasses(packages = "dev.orderflow.order", importOptions = SourceClasses.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule otherServicesAreKnownOnlyByTheirEvents = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("dev.orderflow..")
                    .and(not(resideInAnyPackage(
                            "dev.orderflow.order..",
                            "dev.orderflow.events..",
                            "dev.orderflow.eventing",
                            "dev.orderflow.eventing.schemas",
                            "dev.orderflow.eventing.tracing",
                            "dev.orderflow.edge",
                            "dev.orderflow.edge.context",
                            "dev.orderflow.edge.paging",
                            "dev.orderflow.edge.problem",
                            "dev.orderflow.edge.security",
                            "dev.orderflow.edge.tenant"))));

    @ArchTest
    static final ArchRule theDomainDoesNotKnowWhoAsksOverTheWeb = noClasses()
            .that()
            .resideOutsideOfPackage("..web..")
            .and()
            .haveSimpleNameNotEndingWith("Controller")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework.web..", "org.springframework.http..", "jakarta.servlet..", "..order.web..");

    @ArchTest
    static final ArchRule requestsAreReadByControllersOnly = classes()
            .that()
            .areTopLevelClasses()
            .and()
            .haveSimpleNameEndingWith("Request")
            .and()
            .resideOutsideOfPackages("..web..", "..order.api..")
            .should()
            .onlyHaveDependentClassesThat()
            .haveNameMatching(".*(Controller|Request|Request\\$.*)");

    @ArchTest
    static final ArchRule onlyControllersAreOnTheWeb =
            classes().that().areAnnotatedWith(RestController.class).should().haveSimpleNameEndingWith("Controller");

    @ArchTest
    static final ArchRule timeComesFromTheClock = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule groupCommitKnowsNothingOfOrders = noClasses()
            .that()
            .resideInAPackage("..order.groupcommit..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.orderflow..")
                    .and(not(resideInAnyPackage(
                            "..order.groupcommit..",
                            "dev.orderflow.edge.context",
                            "dev.orderflow.edge.problem",
                            "dev.orderflow.eventing"))));

    @ArchTest
    static final ArchRule featuresDoNotKnowEachOtherInCircles =
            slices().matching("dev.orderflow.order.(*)..").should().beFreeOfCycles();
}
