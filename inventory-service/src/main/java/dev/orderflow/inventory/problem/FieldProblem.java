package dev.orderflow.inventory.problem;

/** What is wrong with one field or parameter. An element of a problem's {@code errors}. */
public record FieldProblem(String field, String message) {

    @Override
    public String toString() {
        return field + " " + message;
    }
}
