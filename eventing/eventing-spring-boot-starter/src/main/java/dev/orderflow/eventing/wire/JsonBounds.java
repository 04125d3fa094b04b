package dev.orderflow.eventing.wire;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * Limits of the JSON that is read, so that decoding takes bounded time and memory. They also reject values that are short to
 * write and expensive to compute with: {@code 1e300000000} has eleven bytes, and becomes a number of 300 MB when its scale is
 * set.
 */
final class JsonBounds {

    /** The largest payload that can be configured for publishing; see {@code eventing.outbox.largest-payload}. */
    static final int LONGEST_DOCUMENT = 10_000_000;

    /** An order of a thousand lines has 22,000 tokens. An empty object has the highest cost for its length: two tokens. */
    private static final int MOST_TOKENS = 1_000_000;

    private static final int DEEPEST = 64;
    private static final int LONGEST_NAME = 1_000;

    /** Characters of a number, date or duration; also the digits of a decimal before and after its point. */
    private static final int LONGEST_SCALAR = 100;

    private static final int LAST_YEAR = 9_999;
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    private static final Duration LONGEST_DURATION = Duration.ofDays(366_000);

    static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
            .maxDocumentLength(LONGEST_DOCUMENT)
            .maxTokenCount(MOST_TOKENS)
            .maxNestingDepth(DEEPEST)
            .maxStringLength(LONGEST_DOCUMENT)
            .maxNameLength(LONGEST_NAME)
            .maxNumberLength(LONGEST_SCALAR)
            .build();

    private static final Set<Class<?>> BOUNDED = Set.of(
            BigDecimal.class,
            BigInteger.class,
            Double.class,
            double.class,
            Float.class,
            float.class,
            Instant.class,
            OffsetDateTime.class,
            ZonedDateTime.class,
            LocalDateTime.class,
            LocalDate.class,
            Duration.class);

    private JsonBounds() {}

    /** Rejects single values that are out of bounds. */
    static JacksonModule values() {
        return new SimpleModule("bounded-values").setDeserializerModifier(new Modifier());
    }

    static boolean isWithin(Instant at) {
        return !at.isBefore(EARLIEST) && !at.isAfter(LATEST);
    }

    private static boolean isWithin(Object value) {
        return switch (value) {
            case BigDecimal decimal ->
                decimal.precision() <= LONGEST_SCALAR && Math.abs((long) decimal.scale()) <= LONGEST_SCALAR;
            case Double number -> Double.isFinite(number);
            case Float number -> Float.isFinite(number);
            case Instant at -> isWithin(at);
            case OffsetDateTime at -> isWithin(at.getYear());
            case ZonedDateTime at -> isWithin(at.getYear());
            case LocalDateTime at -> isWithin(at.getYear());
            case LocalDate at -> isWithin(at.getYear());
            case Duration duration ->
                duration.compareTo(LONGEST_DURATION) <= 0 && duration.compareTo(LONGEST_DURATION.negated()) >= 0;
            default -> true;
        };
    }

    private static boolean isWithin(int year) {
        return year >= 1 && year <= LAST_YEAR;
    }

    private static final class Modifier extends ValueDeserializerModifier {

        @Override
        public ValueDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription.Supplier description, ValueDeserializer<?> deserializer) {
            return BOUNDED.contains(deserializer.handledType()) ? new Bounded(deserializer) : deserializer;
        }
    }

    private static final class Bounded extends DelegatingDeserializer {

        private Bounded(ValueDeserializer<?> unbounded) {
            super(unbounded);
        }

        @Override
        protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> unbounded) {
            return new Bounded(unbounded);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) {
            if (parser.hasToken(JsonToken.VALUE_STRING) && parser.getStringLength() > LONGEST_SCALAR) {
                return context.reportInputMismatch(
                        this, "%d characters are too many for a value of this type", parser.getStringLength());
            }
            if (parser.hasToken(JsonToken.VALUE_NUMBER_FLOAT) && !isWithin(parser.getDecimalValue())) {
                return outOfRange(context);
            }
            var value = super.deserialize(parser, context);
            return value == null || isWithin(value) ? value : outOfRange(context);
        }

        private Object outOfRange(DeserializationContext context) {
            return context.reportInputMismatch(this, "the value is out of range");
        }
    }
}
