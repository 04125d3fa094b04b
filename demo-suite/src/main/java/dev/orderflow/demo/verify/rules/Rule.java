package dev.orderflow.demo.verify.rules;

import dev.orderflow.demo.verify.evidence.Evidence;
import java.util.List;

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

    Outcome check(Evidence evidence);
}
