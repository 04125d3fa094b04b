package dev.orderflow.eventing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

@AnalyzeClasses(packages = "dev.orderflow", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    private static final int MOST_PUBLIC_TYPES = 57;

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
            .resideInAPackage("..eventing.outbox..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..eventing.inbox..");

    @ArchTest
    static final ArchRule publishingDoesNotKnowTheRelay = noClasses()
            .that()
            .resideInAPackage("dev.orderflow.eventing.outbox")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.orderflow.eventing.outbox.relay");

    @ArchTest
    static final ArchRule inboxDoesNotKnowTheOutbox = noClasses()
            .that()
            .resideInAPackage("..eventing.inbox..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..eventing.outbox..");

    @ArchTest
    static final ArchRule retriesDoNotKnowTheInbox = noClasses()
            .that()
            .resideInAPackage("..retry")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..eventing.inbox..");

    @ArchTest
    static final ArchRule handlersKnowNothingOfBatches = noClasses()
            .that()
            .resideInAPackage("..inbox.handler")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..inbox", "..inbox.polling");

    @ArchTest
    static final ArchRule pollingDoesNotKnowHowABatchIsConsumed = noClasses()
            .that()
            .resideInAPackage("..inbox.polling")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..inbox");

    @ArchTest
    static final ArchRule roomsDependOnEachOtherOneWay =
            slices().matching("dev.orderflow.eventing.(*)..").should().beFreeOfCycles();

    /** Public types are those that other packages, the modules beside the starter, Kafka, or an application's own beans need. */
    @ArchTest
    static void fewTypesArePublic(JavaClasses classes) {
        var types = classes.stream()
                .filter(type -> type.getSource()
                        .filter(source -> source.getUri().toString().contains("eventing-spring-boot-starter"))
                        .isPresent())
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .toList();
        var open = types.stream()
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .map(JavaClass::getSimpleName)
                .sorted()
                .toList();

        assertThat(types).hasSizeGreaterThan(150);
        assertThat(open).as("public of %d types", types.size()).hasSizeLessThanOrEqualTo(MOST_PUBLIC_TYPES);
    }

    /** Records group related values, so they are not counted. */
    @ArchTest
    static final ArchRule nothingTakesMoreThanSevenParameters = codeUnits()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage("dev.orderflow.eventing..")
            .and()
            .areDeclaredInClassesThat()
            .areNotRecords()
            .should(new ArchCondition<>("take at most seven parameters") {
                @Override
                public void check(JavaCodeUnit unit, ConditionEvents events) {
                    events.add(new SimpleConditionEvent(
                            unit, unit.getRawParameterTypes().size() <= 7, unit.getFullName()));
                }
            });
}
