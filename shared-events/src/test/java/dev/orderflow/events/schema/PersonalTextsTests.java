package dev.orderflow.events.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.PersonalData;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests that nobody adds a text to an event without saying whether it is about a person. */
class PersonalTextsTests {

    /** Texts about products, payments and parcels. */
    private static final Set<String> NOT_PERSONAL = Set.of(
            "LowStockNoticed.sku",
            "OrderLine.name",
            "OrderLine.sku",
            "OrderShipped.trackingId",
            "PaymentCompleted.providerReference",
            "PaymentDeclined.reason",
            "PaymentRefunded.providerReference",
            "PricedOrderLine.name",
            "PricedOrderLine.sku",
            "PromotionChanged.coupon",
            "PromotionChanged.exclusionGroup",
            "PromotionChanged.name",
            "PromotionChanged.sku",
            "ShipmentDelivered.trackingId",
            "ShipmentDispatched.trackingId",
            "ShipmentLost.trackingId",
            "ShipmentStopRefused.trackingId",
            "ShipmentStopped.trackingId",
            "Shortage.sku",
            "StockLow.sku",
            "Money.currency");

    @Test
    void eachTextOfAnEventIsMarkedAsPersonalOrListed() {
        var unmarked = new TreeSet<String>();
        for (var record : records(EventCatalog.events().values())) {
            Arrays.stream(record.getRecordComponents())
                    .filter(component -> isText(component.getGenericType()))
                    .filter(component -> !component.isAnnotationPresent(PersonalData.class))
                    .map(component -> record.getSimpleName() + "." + component.getName())
                    .forEach(unmarked::add);
        }

        assertThat(unmarked)
                .as("mark it with @PersonalData, or list it here")
                .containsExactlyInAnyOrderElementsOf(NOT_PERSONAL);
    }

    /** Returns the records with those that they contain. */
    private static Set<Class<?>> records(Collection<Class<?>> events) {
        var found = new LinkedHashSet<Class<?>>();
        events.forEach(event -> collect(event, found));
        return found;
    }

    private static void collect(Class<?> type, Set<Class<?>> found) {
        if (type.isRecord() && found.add(type)) {
            Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getGenericType)
                    .flatMap(PersonalTextsTests::classes)
                    .forEach(each -> collect(each, found));
        }
    }

    private static boolean isText(Type type) {
        return classes(type).anyMatch(each -> CharSequence.class.isAssignableFrom(each) || each == Object.class);
    }

    private static Stream<Class<?>> classes(Type type) {
        return switch (type) {
            case Class<?> one -> Stream.of(one);
            case ParameterizedType generic ->
                Stream.concat(
                        Stream.of((Class<?>) generic.getRawType()),
                        Arrays.stream(generic.getActualTypeArguments()).flatMap(PersonalTextsTests::classes));
            default -> Stream.of(Object.class);
        };
    }
}
