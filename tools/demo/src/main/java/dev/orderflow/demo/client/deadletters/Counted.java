package dev.orderflow.demo.client.deadletters;

import java.util.Locale;

/** Number with its noun, in singular or plural. */
record Counted(int number, String noun) {

    static Counted letters(int number) {
        return new Counted(number, "dead letter");
    }

    static Counted events(int number) {
        return new Counted(number, "event");
    }

    @Override
    public String toString() {
        return number == 1 ? "1 " + noun : String.format(Locale.ROOT, "%,d %ss", number, noun);
    }
}
