package dev.orderflow.order.promotion;

import static java.util.Comparator.comparing;
import static java.util.Comparator.reverseOrder;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Shares of an amount in proportion to weights, by the largest remainder method (Hamilton's). */
final class Shares {

    private Shares() {}

    /**
     * Returns one share for each weight. They add up to the amount, and none exceeds its weight. Of equal remainders, those of the
     * first weights are rounded up.
     *
     * @param amount  0 to the sum of the weights
     * @param weights 0 or more; their sum fits a {@code long}
     */
    static long[] of(long amount, long[] weights) {
        var sum = BigInteger.valueOf(Arrays.stream(weights).sum());
        if (sum.signum() == 0) {
            return new long[weights.length];
        }
        var exact = Arrays.stream(weights)
                .mapToObj(weight -> BigInteger.valueOf(amount)
                        .multiply(BigInteger.valueOf(weight))
                        .divideAndRemainder(sum))
                .toList();
        var shares = exact.stream().mapToLong(each -> each[0].longValueExact()).toArray();
        var left = amount - Arrays.stream(shares).sum();
        IntStream.range(0, weights.length)
                .boxed()
                .sorted(comparing(i -> exact.get(i)[1], reverseOrder()))
                .limit(left)
                .forEach(i -> shares[i]++);
        return shares;
    }
}
