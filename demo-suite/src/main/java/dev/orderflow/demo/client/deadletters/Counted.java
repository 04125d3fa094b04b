package dev.orderflow.demo.client.deadletters;

/** A number of things, in words. */
record Counted(int number, String noun) {

    static Counted letters(int number) {
        return new Counted(number, "dead letter");
    }

    static Counted events(int number) {
        return new Counted(number, "event");
    }

    @Override
    public String toString() {
        return number == 1 ? "1 " + noun : "%,d %ss".formatted(number, noun);
    }
}
