package dev.orderflow.eventing.schemas.check;

import org.jspecify.annotations.Nullable;

/** A rule that one value of a document must fulfil. Immutable. */
sealed interface Rule {

    /**
     * Reads the next value. Returns true only if the value is certain to fulfil the rule; false if it does not, or if only a
     * complete validator can decide. The cursor's position is then undefined.
     */
    boolean holds(JsonCursor cursor);

    /** A rule that is left to the complete validator. */
    record Doubt() implements Rule {

        @Override
        public boolean holds(JsonCursor cursor) {
            return false;
        }
    }

    /** A rule whose value may also be null. */
    record OrNull(Rule rule) implements Rule {

        private static final byte[] NULL = JsonCursor.bytesOf("null");

        @Override
        public boolean holds(JsonCursor cursor) {
            return cursor.take(NULL) || rule.holds(cursor);
        }
    }

    record AnyBoolean() implements Rule {

        private static final byte[] TRUE = JsonCursor.bytesOf("true");
        private static final byte[] FALSE = JsonCursor.bytesOf("false");

        @Override
        public boolean holds(JsonCursor cursor) {
            return cursor.take(TRUE) || cursor.take(FALSE);
        }
    }

    /** @param required bit mask of the indexes of required properties */
    record ObjectOf(byte[][] names, Rule[] rules, long required) implements Rule {

        /** The bits of a mask. */
        static final int MOST_PROPERTIES = 64;

        @Override
        public boolean holds(JsonCursor cursor) {
            if (!cursor.take('{')) {
                return false;
            }
            if (cursor.take('}')) {
                return required == 0;
            }
            var found = 0L;
            var expected = 0;
            do {
                var index = cursor.name(names, expected);
                if (index == JsonCursor.NONE || !cursor.take(':')) {
                    return false;
                }
                if (index == names.length) {
                    if (!cursor.skipValue()) {
                        return false;
                    }
                } else {
                    if (!rules[index].holds(cursor)) {
                        return false;
                    }
                    found |= 1L << index;
                    expected = index + 1;
                }
            } while (cursor.take(','));
            return cursor.take('}') && (found & required) == required;
        }
    }

    record ArrayOf(Rule items, long min, long max) implements Rule {

        @Override
        public boolean holds(JsonCursor cursor) {
            if (!cursor.take('[')) {
                return false;
            }
            if (cursor.take(']')) {
                return min <= 0;
            }
            var count = 0L;
            do {
                if (!items.holds(cursor)) {
                    return false;
                }
                count++;
            } while (cursor.take(','));
            return cursor.take(']') && count >= min && count <= max;
        }
    }

    record IntegerWithin(long min, long max) implements Rule {

        @Override
        public boolean holds(JsonCursor cursor) {
            var value = new long[1];
            return cursor.integer(value) && value[0] >= min && value[0] <= max;
        }
    }

    /**
     * A text.
     *
     * @param min fewest characters, of which each is a Unicode code point
     * @param max most characters
     */
    record Text(long min, long max, @Nullable Form form) implements Rule {

        /** A form of texts in ASCII, without escapes. */
        @FunctionalInterface
        interface Form {

            /** Returns whether the bytes are certain to be of that form. */
            boolean accepts(byte[] bytes, int from, int to);
        }

        @Override
        public boolean holds(JsonCursor cursor) {
            if (!cursor.take('"')) {
                return false;
            }
            var bytes = cursor.bytes();
            var begin = cursor.position();
            var end = begin;
            var characters = 0L;
            var escapes = 0;
            while (end < bytes.length && bytes[end] != '"') {
                if (bytes[end] == '\\') {
                    // A pair of \\u escapes may be one character.
                    if (form != null || ++end == bytes.length || bytes[end] == 'u') {
                        return false;
                    }
                    escapes++;
                }
                // The other bytes of a character of UTF-8 are 10xxxxxx.
                characters += (bytes[end] & 0xC0) == 0x80 ? 0 : 1;
                end++;
            }
            if (end == bytes.length || characters < min || characters > max) {
                return false;
            }
            cursor.moveTo(end + 1);
            return form == null || escapes == 0 && form.accepts(bytes, begin, end);
        }
    }
}
