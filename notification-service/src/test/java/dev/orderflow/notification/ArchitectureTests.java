package dev.orderflow.notification;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameStartingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.orderflow.eventing.test.SourceClasses;

@AnalyzeClasses(packages = "dev.orderflow.notification", importOptions = SourceClasses.class)
class ArchitectureTests {

    /** Services communicate through events, and through HTTP for addresses; never through classes. */
    @ArchTest
    static final ArchRule knowsOfOrderflowOnlyItsEventsAndTheStarter = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("dev.orderflow..")
                    .and(resideOutsideOfPackages(
                            "dev.orderflow.notification..",
                            "dev.orderflow.events..",
                            "dev.orderflow.eventing",
                            "dev.orderflow.eventing.schemas",
                            "dev.orderflow.edge.security")));

    /** The package's types are internal. */
    @ArchTest
    static final ArchRule mailIsPackagePrivate =
            classes().that().resideInAPackage("..mail").should().notBePublic();

    /**
     * A transaction that stays open during an SMTP call would occupy the database. Joining an existing transaction is
     * allowed. The repository opens one for each read, because policies show rows in transactions only, and MailRetention
     * one per chunk.
     */
    @ArchTest
    static final ArchRule nobodyOpensTransactionsButToRead = noClasses()
            .that()
            .doNotHaveSimpleName("MailRepository")
            .and()
            .doNotHaveSimpleName("MailRetention")
            .should()
            .dependOnClassesThat(resideInAPackage("org.springframework.transaction..")
                    .and(not(simpleNameStartingWith("TransactionSynchronization"))));
}
