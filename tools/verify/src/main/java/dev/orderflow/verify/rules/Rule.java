package dev.orderflow.verify.rules;

import dev.orderflow.verify.evidence.Evidence;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** One part of the promise and its check. Stateless. */
public interface Rule {

    /** All rules, in the order in which an order meets them. */
    List<Rule> ALL = List.of(
            new OutboxesSent(),
            new TopicsGenuine(),
            new KeysInOrder(),
            new EventsConsumed(),
            new EventsEffective(),
            new LowStockRouted(),
            new HistoriesLegal(),
            new OrdersFinal(),
            new TimersEnded(),
            new ReservedOnce(),
            new ChargedOnce(),
            new ShippedOnce(),
            new MailedOnce(),
            new StockConserved(),
            new MoneyConserved(),
            new PointsConserved(),
            new CouponsBounded());

    /** Returns the condition in words, such as "every order is final". */
    String promise();

    /**
     * Checks the evidence.
     *
     * @param found receives the findings
     */
    Outcome check(Evidence evidence, Findings found);

    /** Returns additional information about an outcome with these totals; may be empty. */
    default String note(Map<String, BigDecimal> totals) {
        return "";
    }
}
