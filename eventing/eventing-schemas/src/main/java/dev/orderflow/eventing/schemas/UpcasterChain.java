package dev.orderflow.eventing.schemas;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** The upcasters of an application, each of them a link from one version of a type to the next. Immutable. */
final class UpcasterChain {

    private final Map<String, Upcaster> byOlder = new HashMap<>();

    /** @throws InvalidContractException when two upcasters convert one version, or a version between two upcasters has none */
    UpcasterChain(Collection<Upcaster> upcasters) {
        for (var upcaster : upcasters) {
            if (byOlder.put(upcaster.from(), upcaster) != null) {
                throw new InvalidContractException(
                        "Two upcasters convert " + upcaster.from(), "Keep one of these two beans");
            }
        }
        requireNoGap(upcasters);
    }

    private void requireNoGap(Collection<Upcaster> upcasters) {
        var newest = new TreeMap<String, Integer>();
        upcasters.forEach(each -> {
            var to = EventVersion.of(each.to());
            newest.merge(to.family(), to.number(), Math::max);
        });
        for (var upcaster : upcasters) {
            var next = EventVersion.of(upcaster.to());
            if (next.number() < newest.getOrDefault(next.family(), 0) && !byOlder.containsKey(upcaster.to())) {
                throw missing(next);
            }
        }
    }

    static InvalidContractException missing(EventVersion link) {
        return new InvalidContractException(
                "No upcaster converts " + link.type() + " to " + link.next().type()
                        + ", although a newer version is handled",
                "Declare a bean of type " + Upcaster.class.getName() + " for it");
    }

    boolean converts(String type) {
        return byOlder.containsKey(type);
    }

    /** Returns the next version of each type that can be converted. */
    Map<String, String> links() {
        return byOlder.values().stream().collect(Collectors.toUnmodifiableMap(Upcaster::from, Upcaster::to));
    }

    /** Converts data step by step. */
    ObjectNode convert(String from, String to, ObjectNode data) {
        var type = from;
        var converted = data;
        while (!type.equals(to)) {
            var upcaster = byOlder.get(type);
            if (upcaster == null) {
                throw new IllegalStateException("nothing converts " + type + " on the way to " + to);
            }
            converted = upcaster.change().apply(converted);
            type = upcaster.to();
        }
        return converted;
    }
}
