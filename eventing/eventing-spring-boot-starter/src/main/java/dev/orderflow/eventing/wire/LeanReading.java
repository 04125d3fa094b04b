package dev.orderflow.eventing.wire;

import java.lang.reflect.Constructor;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.ValueInstantiators;
import tools.jackson.databind.deser.jdk.NumberDeserializers.BigDecimalDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.deser.std.StdValueInstantiator;
import tools.jackson.databind.ext.javatime.deser.InstantDeserializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * Reduces Jackson's garbage for the contents of nearly every event: records, decimals in strings, and instants. The result is the
 * same. Jackson reads malformed values, and values in another format than that of {@link EventJson}.
 */
final class LeanReading extends SimpleModule {

    LeanReading() {
        super("lean-reading");
        addDeserializer(Instant.class, new Instants());
        addDeserializer(BigDecimal.class, new Decimals());
    }

    @Override
    public void setupModule(JacksonModule.SetupContext context) {
        super.setupModule(context);
        context.addValueInstantiators(new Records());
    }

    /** Reads instants without a formatter. */
    private static final class Instants extends StdScalarDeserializer<Instant> {

        private Instants() {
            super(Instant.class);
        }

        /** Leaves a property with its own format to Jackson. */
        @Override
        public ValueDeserializer<?> createContextual(DeserializationContext context, BeanProperty property) {
            var contextual = InstantDeserializer.INSTANT.createContextual(context, property);
            return contextual == InstantDeserializer.INSTANT ? this : contextual;
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) {
            if (parser.hasToken(JsonToken.VALUE_STRING)) {
                try {
                    return UtcTime.parse(parser.getString());
                } catch (DateTimeException e) {
                    // Jackson reports the error and its location.
                }
            }
            return InstantDeserializer.INSTANT.deserialize(parser, context);
        }
    }

    /** Reads decimals directly from the parser's buffer, without a regular expression. */
    private static final class Decimals extends StdScalarDeserializer<BigDecimal> {

        /** Digits that fit into a long. */
        private static final int SHORT = 18;

        private Decimals() {
            super(BigDecimal.class);
        }

        @Override
        public BigDecimal deserialize(JsonParser parser, DeserializationContext context) {
            if (parser.hasToken(JsonToken.VALUE_STRING)) {
                var characters = parser.getStringCharacters();
                var offset = parser.getStringOffset();
                var length = parser.getStringLength();
                if (isPlain(characters, offset, length)) {
                    return new BigDecimal(characters, offset, length);
                }
            }
            return BigDecimalDeserializer.instance.deserialize(parser, context);
        }

        /** Returns whether the characters are digits, with an optional minus before and an optional point between them. */
        private static boolean isPlain(char[] characters, int offset, int length) {
            if (length < 1 || length > SHORT) {
                return false;
            }
            var points = 0;
            for (var i = 0; i < length; i++) {
                var character = characters[offset + i];
                if (character == '.' && i > 0 && i < length - 1 && characters[offset + i - 1] != '-') {
                    points++;
                } else if ((character < '0' || character > '9') && !(character == '-' && i == 0 && length > 1)) {
                    return false;
                }
            }
            return points <= 1;
        }
    }

    /** Creates records by their constructor, without the method handle that Jackson creates for each call. */
    private static final class Records extends ValueInstantiators.Base {

        @Override
        public ValueInstantiator modifyValueInstantiator(
                DeserializationConfig config, BeanDescription.Supplier description, ValueInstantiator standard) {
            return description.getBeanClass().isRecord()
                            && standard.getClass() == StdValueInstantiator.class
                            && standard.getWithArgsCreator() != null
                            && standard.getWithArgsCreator().getAnnotated() instanceof Constructor<?> constructor
                            && constructor.trySetAccessible()
                    ? new Instantiator((StdValueInstantiator) standard, constructor)
                    : standard;
        }
    }

    private static final class Instantiator extends StdValueInstantiator {

        private final Constructor<?> constructor;

        private Instantiator(StdValueInstantiator standard, Constructor<?> constructor) {
            super(standard);
            this.constructor = constructor;
        }

        @Override
        public Object createFromObjectWith(DeserializationContext context, Object[] arguments) {
            try {
                return constructor.newInstance(arguments);
            } catch (ReflectiveOperationException | IllegalArgumentException e) {
                // The record rejects its arguments. Jackson's own call fails in the same way and reports it.
                return super.createFromObjectWith(context, arguments);
            }
        }
    }
}
