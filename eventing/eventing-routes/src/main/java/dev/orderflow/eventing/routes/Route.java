package dev.orderflow.eventing.routes;

import dev.orderflow.eventing.inbox.handler.UnreadEvent.Source;
import dev.orderflow.eventing.routes.Term.InvalidExpressionException;
import dev.orderflow.eventing.routes.Term.UnsuitableValueException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A route whose expressions are parsed and suit the schemas of its types.
 *
 * @param condition null if all events match
 * @param key       null to keep the key of the routed event
 */
record Route(
        String name,
        Source from,
        @Nullable Term condition,
        @Nullable Term key,
        String to,
        String type,
        @Nullable String when,
        RouteCounts counts) {

    private static final int MOST_DIGITS = 200;

    /** @throws InvalidRouteException when an expression is invalid, or no event could suit the published type's schema */
    static Route of(RoutesProperties.Definition definition, DataShapes shapes) {
        var from = definition.from();
        var shape = shapes.of(from.type());
        var condition = parsed(definition.name(), "when", definition.when(), shape, true);
        var key = parsed(definition.name(), "key", definition.key(), shape, false);
        var missing = shapes.of(definition.publishedType()).missingIn(shape);
        if (!missing.isEmpty()) {
            throw new InvalidRouteException(
                    definition.name(),
                    "publishes " + definition.publishedType() + ", which must have " + missing + ", but " + from.type()
                            + " need not have them",
                    "Publish a type whose required properties the routed events have");
        }
        return new Route(
                definition.name(),
                new Source(from.topic(), from.type(), from.owner()),
                condition,
                key,
                definition.to(),
                definition.publishedType(),
                definition.when(),
                new RouteCounts());
    }

    boolean leadsTo(Route next) {
        return to.equals(next.from.topic()) && type.equals(next.from.type());
    }

    /** @throws UnsuitableValueException when the event's values are of the wrong kind */
    boolean matches(Facts facts) {
        return condition == null || Term.isTrue(condition, facts);
    }

    /**
     * Returns the key of the published event.
     *
     * @param routed the routed event's key
     * @throws UnsuitableValueException when the event has no such value, or it is neither text nor a number
     */
    String keyIn(Facts facts, String routed) {
        if (key == null) {
            return routed;
        }
        return switch (key.valueIn(facts)) {
            case String text -> text;
            case BigDecimal number -> plain(number.stripTrailingZeros());
            case Number number -> number.toString();
            case null, default -> throw new UnsuitableValueException("its key is neither text nor a number");
        };
    }

    /** Equal numbers have one key. An exponent would write out as many digits as it says. */
    private static String plain(BigDecimal number) {
        if (Math.abs((long) number.scale()) > MOST_DIGITS) {
            throw new UnsuitableValueException("its key is a number of more than " + MOST_DIGITS + " digits");
        }
        return number.toPlainString();
    }

    private static @Nullable Term parsed(
            String route, String property, @Nullable String text, DataShape shape, boolean isCondition) {
        if (text == null) {
            return null;
        }
        try {
            var term = ExpressionParser.parse(text);
            if (isCondition) {
                Term.requireTruth(term, shape);
            } else {
                requireKey(term, shape);
            }
            return term;
        } catch (InvalidExpressionException e) {
            throw new InvalidRouteException(
                    route,
                    "has the " + property + " \"" + text + "\", which " + e.getMessage(),
                    "Write an expression such as data.quantity < 0 and attributes['tenantid'] == 'shop'");
        }
    }

    private static void requireKey(Term term, DataShape shape) {
        if (!(term instanceof Term.Path || term instanceof Term.Attribute)) {
            throw new InvalidExpressionException("is not a property of data or an attribute");
        }
        var kind = term.kind(shape);
        if (!kind.isOrdered()) {
            throw new InvalidExpressionException("needs text or a number, but has " + kind);
        }
    }
}
