package dev.orderflow.eventing.schemas;

import dev.orderflow.eventing.wire.EventDescriptor;

/**
 * A type as its parts.
 *
 * @param family the type without its version, such as {@code dev.orderflow.order.placed}
 * @param number major version; 0 if the type has none
 */
record EventVersion(String family, int number) {

    private static final int MOST_DIGITS = 6;

    static EventVersion of(String type) {
        var family = EventDescriptor.familyOf(type);
        var digits = family.length() == type.length() ? "" : type.substring(family.length() + ".v".length());
        return digits.isEmpty() || digits.length() > MOST_DIGITS
                ? new EventVersion(type, 0)
                : new EventVersion(family, Integer.parseInt(digits));
    }

    EventVersion next() {
        return new EventVersion(family, number + 1);
    }

    String type() {
        return family + ".v" + number;
    }
}
