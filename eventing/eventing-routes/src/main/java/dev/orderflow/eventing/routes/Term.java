package dev.orderflow.eventing.routes;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Part of a route's expression. It reads an event's facts and nothing else; its cost is bounded by its own size.
 * <p>
 * A missing value is null. It equals null only, and is neither less nor greater than anything.
 */
sealed interface Term {

    /** @throws UnsuitableValueException when the event's values are of the wrong kind */
    @Nullable
    Object valueIn(Facts facts);

    /**
     * Returns the kind of the value, as far as the schema says.
     *
     * @throws InvalidExpressionException when no event could have a suitable value
     */
    Kind kind(DataShape shape);

    /** An expression that cannot be used. The message is the rest of a sentence about it. */
    final class InvalidExpressionException extends RuntimeException {

        InvalidExpressionException(String message) {
            super(message);
        }
    }

    /** An event whose values do not suit the expression. */
    final class UnsuitableValueException extends RuntimeException {

        UnsuitableValueException(String message) {
            super(message);
        }
    }

    /** @param value text, a number, a truth value or null */
    record Literal(@Nullable Object value) implements Term {

        @Override
        public @Nullable Object valueIn(Facts facts) {
            return value;
        }

        @Override
        public Kind kind(DataShape shape) {
            return kindOf(value);
        }
    }

    record Attribute(String name) implements Term {

        @Override
        public @Nullable Object valueIn(Facts facts) {
            return facts.attribute(name);
        }

        @Override
        public Kind kind(DataShape shape) {
            return Kind.TEXT;
        }
    }

    /** @param steps names of properties, and indexes of lists */
    record Path(List<Object> steps) implements Term {

        @Override
        public @Nullable Object valueIn(Facts facts) {
            var value = facts.data();
            for (var step : steps) {
                value = switch (value) {
                    case null -> null;
                    case Map<?, ?> object when step instanceof String name -> object.get(name);
                    case List<?> list
                    when step instanceof Integer index -> index < list.size() ? list.get(index) : null;
                    default -> throw new UnsuitableValueException(step + " is asked of " + kindOf(value));
                };
            }
            return value;
        }

        @Override
        public Kind kind(DataShape shape) {
            return shape.kindOf(steps);
        }
    }

    /** The operators that compare. */
    enum Operator {
        EQUAL,
        UNEQUAL,
        LESS,
        AT_MOST,
        GREATER,
        AT_LEAST;

        boolean isOrder() {
            return this != EQUAL && this != UNEQUAL;
        }

        boolean accepts(int comparison) {
            return switch (this) {
                case EQUAL -> comparison == 0;
                case UNEQUAL -> comparison != 0;
                case LESS -> comparison < 0;
                case AT_MOST -> comparison <= 0;
                case GREATER -> comparison > 0;
                case AT_LEAST -> comparison >= 0;
            };
        }
    }

    record Comparison(Operator operator, Term left, Term right) implements Term {

        @Override
        public Object valueIn(Facts facts) {
            var one = left.valueIn(facts);
            var other = right.valueIn(facts);
            if (one == null || other == null) {
                return !operator.isOrder() && operator.accepts(one == other ? 0 : 1);
            }
            var kind = kindOf(one);
            if (kind != kindOf(other) || !kind.isComparable() || operator.isOrder() && !kind.isOrdered()) {
                throw new UnsuitableValueException("it compares " + kind + " with " + kindOf(other));
            }
            return operator.accepts(compare(one, other));
        }

        @Override
        public Kind kind(DataShape shape) {
            var one = left.kind(shape);
            var other = right.kind(shape);
            if (!one.suits(other)
                    || !one.isComparable()
                    || !other.isComparable()
                    || operator.isOrder() && !(one.isOrdered() && other.isOrdered())) {
                throw new InvalidExpressionException("compares " + one + " with " + other);
            }
            return Kind.TRUTH;
        }
    }

    record Not(Term term) implements Term {

        @Override
        public Object valueIn(Facts facts) {
            return !isTrue(term, facts);
        }

        @Override
        public Kind kind(DataShape shape) {
            return requireTruth(term, shape);
        }
    }

    /** @param all whether both must be true, rather than one of them */
    record Both(boolean all, Term left, Term right) implements Term {

        @Override
        public Object valueIn(Facts facts) {
            return isTrue(left, facts) == all ? isTrue(right, facts) : !all;
        }

        @Override
        public Kind kind(DataShape shape) {
            requireTruth(left, shape);
            return requireTruth(right, shape);
        }
    }

    static boolean isTrue(Term term, Facts facts) {
        var value = term.valueIn(facts);
        if (value == null) {
            return false;
        }
        if (value instanceof Boolean truth) {
            return truth;
        }
        throw new UnsuitableValueException("true or false is needed, but there is " + kindOf(value));
    }

    /** @throws InvalidExpressionException unless the term may be true or false */
    static Kind requireTruth(Term term, DataShape shape) {
        var kind = term.kind(shape);
        if (kind != Kind.TRUTH && kind != Kind.ANY) {
            throw new InvalidExpressionException("needs a condition, but has " + kind);
        }
        return Kind.TRUTH;
    }

    private static Kind kindOf(@Nullable Object value) {
        return switch (value) {
            case null -> Kind.NULL;
            case Number number -> Kind.NUMBER;
            case Boolean truth -> Kind.TRUTH;
            case Map<?, ?> object -> Kind.OBJECT;
            case List<?> list -> Kind.LIST;
            default -> Kind.TEXT;
        };
    }

    private static int compare(Object one, Object other) {
        return switch (one) {
            case Number number -> decimal(number).compareTo(decimal((Number) other));
            case Boolean truth -> truth.compareTo((Boolean) other);
            default -> one.toString().compareTo(other.toString());
        };
    }

    private static BigDecimal decimal(Number number) {
        return switch (number) {
            case BigDecimal exact -> exact;
            case BigInteger whole -> new BigDecimal(whole);
            case Double real -> BigDecimal.valueOf(real);
            case Float real -> new BigDecimal(real.toString());
            default -> BigDecimal.valueOf(number.longValue());
        };
    }
}
