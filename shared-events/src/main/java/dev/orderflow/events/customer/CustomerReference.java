package dev.orderflow.events.customer;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A random name for a customer, which stands for the customer's id in all events. Only order-service knows whose it is;
 * when it forgets that, the events are about nobody any more.
 * <p>
 * Its text is {@code ~} and a random UUID. Ids of customers do not begin with that character, so that readers tell a
 * reference from the plain id that events had before there were references.
 *
 * @param text such as {@code ~0b0d3a52-3b9c-4c1e-9c0f-6a1d3b1f7f0e}
 */
public record CustomerReference(String text) {

    /** The character that begins a reference, and no customer's id. */
    public static final String MARK = "~";

    /** The pattern of a reference. */
    public static final String PATTERN = "~[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

    private static final Pattern FORM = Pattern.compile(PATTERN);

    /** @throws IllegalArgumentException if the text has another form; the message does not contain it */
    public CustomerReference {
        if (!isReference(text)) {
            throw new IllegalArgumentException("a customer reference is " + MARK + " and a random UUID");
        }
    }

    /** Creates a reference that nobody can guess. */
    public static CustomerReference random() {
        return new CustomerReference(MARK + UUID.randomUUID());
    }

    /** Returns whether the {@code customerId} of an event is a reference, and not a plain id. */
    public static boolean isReference(String customerId) {
        return FORM.matcher(customerId).matches();
    }

    /** Returns the text. */
    @Override
    public String toString() {
        return text;
    }
}
