package dev.orderflow.eventing.schemas;

import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * Conversion of an event's data from one major version to the next. Declare one bean for each step: data of version 1 reaches a
 * handler of version 3 through the upcasters from 1 to 2 and from 2 to 3.
 *
 * @param from   older type, such as {@code dev.orderflow.order.placed.v1}
 * @param to     the same type in the next version
 * @param change pure function: it may change and return its argument, but must depend on nothing else, because a replay after
 *               months must give the same result
 */
public record Upcaster(String from, String to, UnaryOperator<ObjectNode> change) {

    /** @throws InvalidContractException unless {@code to} is the version after {@code from} */
    public Upcaster {
        if (!EventVersion.of(from).next().equals(EventVersion.of(to))) {
            throw new InvalidContractException(
                    "An upcaster converts " + from + " to " + to + ", which is not its next version",
                    "Let it convert to " + EventVersion.of(from).next().type()
                            + ", and declare another one for each further version");
        }
    }
}
