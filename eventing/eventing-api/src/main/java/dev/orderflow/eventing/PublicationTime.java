package dev.orderflow.eventing;

import java.time.Duration;
import java.time.Instant;

/** Time at which a scheduled event is published. The database's clock decides when it has come. */
public sealed interface PublicationTime {

    /** The longest time between scheduling and publication: ten years of 366 days. */
    Duration LONGEST = Duration.ofDays(3_660);

    /**
     * Returns a fixed time. One that has passed means immediately after the commit.
     *
     * @param instant at most {@link #LONGEST} from now
     */
    static PublicationTime at(Instant instant) {
        return new Fixed(instant);
    }

    /**
     * Returns the time after a delay, which begins when the event is scheduled.
     *
     * @param delay not negative; at most {@link #LONGEST}
     */
    static PublicationTime after(Duration delay) {
        return new Delayed(delay);
    }

    /** A fixed time. One before 1970 counts as 1970, since no database need store it. */
    record Fixed(Instant instant) implements PublicationTime {

        public Fixed {
            if (instant.isBefore(Instant.EPOCH)) {
                instant = Instant.EPOCH;
            }
        }
    }

    /** The time after a delay. */
    record Delayed(Duration delay) implements PublicationTime {

        /** @throws IllegalArgumentException if the delay is negative */
        public Delayed {
            if (delay.isNegative()) {
                throw new IllegalArgumentException("a delay must not be negative, unlike " + delay);
            }
        }
    }
}
