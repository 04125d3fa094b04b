package dev.orderflow.demo.client.deadletters;

import dev.orderflow.demo.client.RefusedException;
import dev.orderflow.demo.client.admin.Answers;
import dev.orderflow.demo.client.admin.PartApi;
import dev.orderflow.demo.client.admin.Parts;
import java.util.Optional;

/**
 * How many events of a service have yet to have their effect.
 *
 * @param retrying wait for their next attempt
 * @param held     wait for an earlier event of their key
 * @param dead     wait for an operator
 */
public record Unresolved(long retrying, long held, long dead) {

    /** As {@code GET /admin/holds/summary} tells it, as far as it is of use here. */
    record Holds(long retrying, long held, long parked) {}

    /** Of each service that answers; empty for one that does not let itself be asked that. */
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
