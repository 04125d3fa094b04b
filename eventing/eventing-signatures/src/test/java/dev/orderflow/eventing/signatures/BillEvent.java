package dev.orderflow.eventing.signatures;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventTopic;
import dev.orderflow.eventing.EventType;

/** Events of the tests, on two topics. */
interface BillEvent extends DomainEvent {

    String BILLS = "test-bills";
    String REMINDERS = "test-reminders";

    String bill();

    @Override
    @JsonIgnore
    default String key() {
        return bill();
    }

    @EventTopic(value = BILLS, owner = "bills")
    @EventType("test.bill.paid.v1")
    record Paid(String bill, long amount) implements BillEvent {}

    @EventTopic(REMINDERS)
    @EventType("test.bill.reminded.v1")
    record Reminded(String bill, long amount) implements BillEvent {}
}
