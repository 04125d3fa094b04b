package dev.orderflow.eventing.upkeep;

import java.util.Collection;

/** Further topics whose events the inbox remembers, so that their ids are kept for as long as those topics redeliver. */
@FunctionalInterface
public interface ConsumedTopics {

    /** Returns the topics consumed at present. */
    Collection<String> names();
}
