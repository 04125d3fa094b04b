package dev.orderflow.eventing.schemas.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Nondeterministic automaton of the regular expressions that ECMA-262 and Java read alike: {@code ^…$} around characters, classes,
 * groups, alternatives, and greedy repetition. A state has either one step, which reads a character, or jumps, which read none.
 */
final class Pattern {

    private static final int MOST_STATES = 5_000;
    private static final int UNLIMITED = -1;
    private static final String SPECIAL = "\\^$.[]{}()|*+?/-";

    private final String text;
    private final List<@Nullable Step> steps = new ArrayList<>();
    private final List<List<Integer>> jumps = new ArrayList<>();
    private int at;
    private int begin;
    private int end;

    private Pattern(String text) {
        this.text = text;
    }

    /** A transition to {@code target} by one of {@code characters}. */
    record Step(BitSet characters, int target) {}

    /** Returns null for an expression with other constructs, without anchors, or with too many states. */
    static @Nullable Pattern parse(String expression) {
        if (!expression.startsWith("^") || !expression.endsWith("$") || expression.endsWith("\\$")) {
            return null;
        }
        var pattern = new Pattern(expression.substring(1, expression.length() - 1));
        try {
            pattern.begin = pattern.state();
            // An alternative at the top would contain only one of the anchors.
            pattern.end = pattern.sequence(pattern.begin);
            return pattern.isAtEnd() ? pattern : null;
        } catch (UnsupportedExpressionException e) {
            return null;
        }
    }

    int begin() {
        return begin;
    }

    int end() {
        return end;
    }

    @Nullable
    Step step(int state) {
        return steps.get(state);
    }

    List<Integer> jumps(int state) {
        return jumps.get(state);
    }

    /** Appends the alternatives of a group to the state {@code from}, and returns the state after them. */
    private int alternatives(int from) {
        var after = state();
        do {
            var first = state();
            jump(from, first);
            jump(sequence(first), after);
        } while (take('|'));
        return after;
    }

    private int sequence(int from) {
        var last = from;
        while (!isAtEnd() && peek() != '|' && peek() != ')') {
            last = repeated(last);
        }
        return last;
    }

    /** Appends an atom as often as its quantifier says: its text is read again for each repetition. */
    private int repeated(int from) {
        var atom = at;
        var once = atom(from);
        var range = range();
        var after = at;
        if (range == null) {
            return once;
        }
        // The states of the first reading are left behind: nothing jumps to them.
        var first = state();
        jumps.get(from).clear();
        jump(from, first);
        var last = first;
        var ends = new ArrayList<Integer>();
        for (var count = 0; count < range.min(); count++) {
            last = again(atom, last);
        }
        ends.add(last);
        if (range.max() == UNLIMITED) {
            var loop = state();
            jump(last, loop);
            jump(again(atom, loop), loop);
            ends.add(loop);
        }
        for (var count = range.min(); count < range.max(); count++) {
            last = again(atom, last);
            ends.add(last);
        }
        var end = state();
        ends.forEach(each -> jump(each, end));
        at = after;
        if (!isAtEnd() && "?+*{".indexOf(peek()) >= 0) {
            throw new UnsupportedExpressionException();
        }
        return end;
    }

    private int again(int atom, int from) {
        at = atom;
        return atom(from);
    }

    private int atom(int from) {
        var character = next();
        return switch (character) {
            case '(' -> {
                if (take('?') && !take(':')) {
                    throw new UnsupportedExpressionException();
                }
                var after = alternatives(from);
                require(')');
                yield after;
            }
            case '[' -> step(from, characterClass());
            case '\\' -> step(from, only(escaped()));
            case '.', '^', '$', '*', '+', '?', '{', '}', ']', ')', '|' -> throw new UnsupportedExpressionException();
            default -> step(from, only(character));
        };
    }

    private BitSet characterClass() {
        var characters = new BitSet();
        var isNegated = take('^');
        while (!take(']')) {
            var first = classCharacter();
            if (!isAtEnd() && peek() == '-' && at + 1 < text.length() && text.charAt(at + 1) != ']') {
                at++;
                var last = classCharacter();
                characters.set(first, last + 1);
            } else {
                characters.set(first);
            }
        }
        if (isNegated) {
            throw new UnsupportedExpressionException();
        }
        return characters;
    }

    private char classCharacter() {
        var character = next();
        if (character == '[' || character == '&') {
            throw new UnsupportedExpressionException();
        }
        return ascii(character == '\\' ? escaped() : character);
    }

    /** Returns the character after a backslash, which must be one that is only escaped. */
    private char escaped() {
        var character = next();
        if (SPECIAL.indexOf(character) < 0) {
            throw new UnsupportedExpressionException();
        }
        return character;
    }

    private record Range(int min, int max) {}

    private @Nullable Range range() {
        if (take('*')) {
            return new Range(0, UNLIMITED);
        }
        if (take('+')) {
            return new Range(1, UNLIMITED);
        }
        if (take('?')) {
            return new Range(0, 1);
        }
        if (!take('{')) {
            return null;
        }
        var min = number();
        var max = take(',') ? isAtEnd() || peek() == '}' ? UNLIMITED : number() : min;
        require('}');
        return new Range(min, max);
    }

    private int number() {
        var number = 0;
        var digits = 0;
        while (!isAtEnd() && peek() >= '0' && peek() <= '9' && digits++ < 4) {
            number = number * 10 + next() - '0';
        }
        if (digits == 0) {
            throw new UnsupportedExpressionException();
        }
        return number;
    }

    private int step(int from, BitSet characters) {
        var read = state();
        var target = state();
        jump(from, read);
        steps.set(read, new Step(characters, target));
        return target;
    }

    private void jump(int from, int to) {
        jumps.get(from).add(to);
    }

    private int state() {
        if (steps.size() == MOST_STATES) {
            throw new UnsupportedExpressionException();
        }
        steps.add(null);
        jumps.add(new ArrayList<>());
        return steps.size() - 1;
    }

    private static BitSet only(char character) {
        var characters = new BitSet();
        characters.set(ascii(character));
        return characters;
    }

    private static char ascii(char character) {
        if (character >= 128) {
            throw new UnsupportedExpressionException();
        }
        return character;
    }

    private boolean isAtEnd() {
        return at == text.length();
    }

    private char peek() {
        return text.charAt(at);
    }

    private char next() {
        if (isAtEnd()) {
            throw new UnsupportedExpressionException();
        }
        return text.charAt(at++);
    }

    private boolean take(char wanted) {
        if (!isAtEnd() && peek() == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void require(char wanted) {
        if (!take(wanted)) {
            throw new UnsupportedExpressionException();
        }
    }

    /** Thrown for a construct that this class does not read. */
    private static final class UnsupportedExpressionException extends RuntimeException {

        private UnsupportedExpressionException() {
            super("not supported", null, false, false);
        }
    }
}
