package dev.orderflow.loyalty.points;

import dev.orderflow.eventing.PersonalData;

/**
 * A customer's points: the aggregate. Neither number is ever negative, and one of them is 0, so both follow from the sum of
 * the account's entries, which is {@code balance - debt}.
 *
 * @param customer the reference in events
 * @param balance  points that the customer may redeem
 * @param debt     points that were redeemed before a cancellation could take them back; awards settle it first
 */
record PointsAccount(
        String tenant,

        @PersonalData(value = "whose points they are", kept = "for good", erased = "refers to nobody")
        String customer,

        long balance,
        long debt) {

    /** Identifies an account. */
    record Key(String tenant, String customer) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            var byTenant = tenant.compareTo(other.tenant);
            return byTenant != 0 ? byTenant : customer.compareTo(other.customer);
        }
    }

    PointsAccount {
        if (balance < 0 || debt < 0) {
            throw new IllegalArgumentException("neither balance nor debt is negative");
        }
    }

    /** Creates the account of a customer without entries. */
    static PointsAccount empty(Key key) {
        return new PointsAccount(key.tenant(), key.customer(), 0, 0);
    }

    Key key() {
        return new Key(tenant, customer);
    }

    /** Returns the account with points of a paid order, of which the debt takes its part. */
    PointsAccount award(long points) {
        var settled = Math.min(debt, points);
        return with(Math.addExact(balance, points - settled), debt - settled);
    }

    /** Returns the account without points of a cancelled order. Points that are spent already become a debt. */
    PointsAccount reverse(long points) {
        var taken = Math.min(balance, points);
        return with(balance - taken, Math.addExact(debt, points - taken));
    }

    /** @throws IllegalArgumentException if {@code points} are more than the balance */
    PointsAccount redeem(long points) {
        return with(balance - points, debt);
    }

    private PointsAccount with(long newBalance, long newDebt) {
        return new PointsAccount(tenant, customer, newBalance, newDebt);
    }
}
