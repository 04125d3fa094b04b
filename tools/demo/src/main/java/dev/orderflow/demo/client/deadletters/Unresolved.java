package dev.orderflow.demo.client.deadletters;

import dev.orderflow.demo.client.RefusedException;
import dev.orderflow.demo.client.admin.Answers;
import dev.orderflow.demo.client.admin.PartApi;
import dev.orderflow.demo.client.admin.Parts;
import java.util.Optional;

/**
 * Numbers of a service's events that have not taken effect.
 *
 * @param retrying wait for their next attempt
 * @param held wait for an earlier event of their key
 * @param dead wait for an operator
 */
public record Unresolved(long retrying, long held, long dead) {

    /** Response of {@code GET /admin/holds/summary}, as far as it is used here. */
    record Holds(long retrying, long held, long parked) {}

    /** Returns the numbers of each service that responds; empty for a service without that endpoint. */
    public static Answers<Optional<Unresolved>> ofAll(Parts parts) {
        return Parts.ask(parts.services(), Unresolved::of);
    }

    private static Optional<Unresolved> of(PartApi service) {
        try {
            var letters = new DeadLetters(service);
            var holds = letters.holds();
            var dead = letters.summary().stream()
                    .filter(group -> group.state().equals("DEAD"))
                    .mapToLong(Group::count)
                    .sum();
            return Optional.of(new Unresolved(holds.retrying(), holds.held() + holds.parked(), dead));
        } catch (RefusedException e) {
            return Optional.empty();
        }
    }
}
