package dev.orderflow.system;

import dev.orderflow.demo.process.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Schedule of what customers and faults do to a number of orders, decided by a seed alone. How far an order has come when
 * its step is taken depends on the machine.
 */
record RandomWalk(List<Step> steps, List<Fault> faults) {

    /** The orders between two faults. */
    private static final int ORDERS_PER_FAULT = 200;

    private static final Part[] KILLED = {
        Part.ORDER,
        Part.INVENTORY,
        Part.PAYMENT,
        Part.SHIPPING,
        Part.LOYALTY,
        Part.NOTIFICATION,
        Part.SANDBOX,
        Part.KAFKA,
        Part.POSTGRES
    };

    /** Manner in which an order is placed. */
    enum Placing {
        PAYABLE(54),
        /** Gives a coupon, which may be used up or expired. */
        COUPON(10),
        DECLINED(10),
        /** Orders more units than there are. */
        TOO_MANY(10),
        /** Gives a deadline of about the time that an order takes. */
        HURRIED(8),
        /** Sends the same order twice at a time, with the same idempotency key. */
        REPEATED(8);

        private final int weight;

        Placing(int weight) {
            this.weight = weight;
        }
    }

    /** Step that is taken with an order after that. */
    enum Action {
        NOTHING(50),
        /** The customer cancels after the step's delay, whatever has become of the order. */
        CANCEL(25),
        /** The customer cancels twice, at the same time. */
        CANCEL_TWICE(5),
        CANCEL_WHEN_PAID(10),
        /** The time to pay is over after the step's delay. */
        TIME_OUT(10);

        private final int weight;

        Action(int weight) {
            this.weight = weight;
        }
    }

    /** Fault of the suite. */
    enum Kind {
        /** A part is killed and started again. */
        KILL,
        /** The provider answers late, until the next fault. */
        SLOW_PROVIDER,
        /** The carrier loses parcels, until the next fault. */
        LOST_PARCELS,
        /** The carrier fails, until the next fault. */
        NO_CARRIER,
        /** The promotion of the coupon expires, or is in force again. */
        RULES,
        /** Each event of the orders so far is published again. */
        DUPLICATES
    }

    record Step(Placing placing, Action action, Duration delay) {}

    /**
     * @param after number of orders after which it happens
     * @param part  part that is killed, if one is
     */
    record Fault(int after, Kind kind, Part part) {}

    static RandomWalk of(long seed, int orders) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var steps = new ArrayList<Step>();
        for (var number = 0; number < orders; number++) {
            steps.add(new Step(placing(random), action(random), Duration.ofMillis(random.nextInt(1_500))));
        }
        var faults = new ArrayList<Fault>();
        for (var after = ORDERS_PER_FAULT / 2; after < orders; after += ORDERS_PER_FAULT) {
            faults.add(new Fault(after, kind(random, faults), KILLED[random.nextInt(KILLED.length)]));
        }
        return new RandomWalk(List.copyOf(steps), List.copyOf(faults));
    }

    private static Placing placing(RandomGenerator random) {
        var left = random.nextInt(100);
        for (var placing : Placing.values()) {
            left -= placing.weight;
            if (left < 0) {
                return placing;
            }
        }
        throw new IllegalStateException("the weights are less than 100");
    }

    private static Action action(RandomGenerator random) {
        var left = random.nextInt(100);
        for (var action : Action.values()) {
            left -= action.weight;
            if (left < 0) {
                return action;
            }
        }
        throw new IllegalStateException("the weights are less than 100");
    }

    /** Kills half of the time, and publishes everything again once at most: that takes as long as the walk so far. */
    private static Kind kind(RandomGenerator random, List<Fault> before) {
        if (random.nextBoolean()) {
            return Kind.KILL;
        }
        var kind = Kind.values()[1 + random.nextInt(Kind.values().length - 1)];
        var isRepeated = before.stream().anyMatch(fault -> fault.kind() == Kind.DUPLICATES);
        return kind == Kind.DUPLICATES && isRepeated ? Kind.KILL : kind;
    }
}
