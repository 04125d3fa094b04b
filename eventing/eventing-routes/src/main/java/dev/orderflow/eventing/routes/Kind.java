package dev.orderflow.eventing.routes;

/** Kinds of values in an expression. */
enum Kind {
    NUMBER("a number"),
    TEXT("text"),
    TRUTH("true or false"),
    OBJECT("an object"),
    LIST("a list"),
    NULL("null"),
    /** Known only when an event is read. */
    ANY("any value");

    private final String title;

    Kind(String title) {
        this.title = title;
    }

    boolean isComparable() {
        return this != OBJECT && this != LIST;
    }

    boolean isOrdered() {
        return this == NUMBER || this == TEXT || this == ANY;
    }

    /** Returns whether values of both kinds may be compared; null is compared with anything. */
    boolean suits(Kind other) {
        return this == other || this == ANY || other == ANY || this == NULL || other == NULL;
    }

    @Override
    public String toString() {
        return title;
    }
}
