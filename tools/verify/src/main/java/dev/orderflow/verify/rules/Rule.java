package dev.orderflow.verify.rules;

import dev.orderflow.verify.evidence.Evidence;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** One promise, and how to find out whether it is kept. Stateless. */
public interface Rule {

    /** All of them, in the order in which an order meets them. */
    List<Rule> ALL = List.of(
            new OutboxesSent(),
            new TopicsGenuine(),
            new KeysInOrder(),
            new EventsTakenIn(),
            new EventsEffective(),
            new HistoriesLegal(),
            new OrdersFinal(),
            new ReservedOnce(),
            new ChargedOnce(),
            new MailedOnce(),
            new StockConserved(),
            new MoneyConserved());

    /** What must hold, such as "every order is final". */
    String promise();

    /** @param found where to put what isn't as it must be */
    Outcome check(Evidence evidence, Findings found);

    /** What else is worth knowing of an outcome with these totals; may be empty. */
    default String note(Map<String, BigDecimal> totals) {
        return "";
    }
}
