package dev.orderflow.eventing.schemas.check;

import dev.orderflow.eventing.schemas.check.Rule.Text.Form;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Deterministic finite automaton of a regular expression over ASCII: one table look-up per byte, without allocation and
 * backtracking. Built by the subset construction (Rabin and Scott, 1959) over the automaton of {@link Pattern} (Thompson, 1968).
 */
final class TextAutomaton implements Form {

    private static final int DEAD = -1;
    private static final int CHARACTERS = 128;

    /** Keeps the table of one expression below 256 KiB. */
    private static final int MOST_STATES = 1_000;

    private final short[] next;
    private final boolean[] accepting;

    private TextAutomaton(short[] next, boolean[] accepting) {
        this.next = next;
        this.accepting = accepting;
    }

    /** Returns the automaton of an expression; null if it has constructs or a size beyond this class. */
    static @Nullable TextAutomaton of(String expression) {
        var pattern = Pattern.parse(expression);
        return pattern == null ? null : new Construction(pattern).build();
    }

    @Override
    public boolean accepts(byte[] bytes, int from, int to) {
        var state = 0;
        for (var index = from; index < to; index++) {
            var character = bytes[index];
            if (character < 0) {
                return false;
            }
            state = next[state * CHARACTERS + character];
            if (state == DEAD) {
                return false;
            }
        }
        return accepting[state];
    }

    /** States of the deterministic automaton are sets of states of the other one. */
    private static final class Construction {

        private final Pattern pattern;
        private final Map<BitSet, Integer> numbers = new HashMap<>();
        private final ArrayDeque<BitSet> open = new ArrayDeque<>();
        private final List<short[]> rows = new ArrayList<>();
        private final List<Boolean> accepting = new ArrayList<>();

        private Construction(Pattern pattern) {
            this.pattern = pattern;
        }

        private @Nullable TextAutomaton build() {
            number(closure(List.of(pattern.begin())));
            while (!open.isEmpty()) {
                rows.add(row(open.remove()));
                if (numbers.size() > MOST_STATES) {
                    return null;
                }
            }
            var table = new short[rows.size() * CHARACTERS];
            var ends = new boolean[rows.size()];
            for (var state = 0; state < rows.size(); state++) {
                System.arraycopy(rows.get(state), 0, table, state * CHARACTERS, CHARACTERS);
                ends[state] = accepting.get(state);
            }
            return new TextAutomaton(table, ends);
        }

        private short[] row(BitSet states) {
            var row = new short[CHARACTERS];
            for (var character = 0; character < CHARACTERS; character++) {
                var targets = new ArrayList<Integer>();
                for (var state = states.nextSetBit(0); state >= 0; state = states.nextSetBit(state + 1)) {
                    var step = pattern.step(state);
                    if (step != null && step.characters().get(character)) {
                        targets.add(step.target());
                    }
                }
                row[character] = (short) (targets.isEmpty() ? DEAD : number(closure(targets)));
            }
            return row;
        }

        private int number(BitSet states) {
            return numbers.computeIfAbsent(states, added -> {
                open.add(added);
                accepting.add(added.get(pattern.end()));
                return numbers.size();
            });
        }

        private BitSet closure(List<Integer> from) {
            var reached = new BitSet();
            var pending = new ArrayDeque<>(from);
            while (!pending.isEmpty()) {
                int state = pending.remove();
                if (!reached.get(state)) {
                    reached.set(state);
                    pending.addAll(pattern.jumps(state));
                }
            }
            return reached;
        }
    }
}
