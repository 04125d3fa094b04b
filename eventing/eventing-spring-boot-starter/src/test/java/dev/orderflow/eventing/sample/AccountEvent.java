package dev.orderflow.eventing.sample;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventTopic;
import dev.orderflow.eventing.EventType;
import jakarta.validation.constraints.NotBlank;

/** A change of an account. */
@EventTopic(AccountEvent.TOPIC)
public sealed interface AccountEvent extends DomainEvent {

    String TOPIC = "account-events";

    String account();

    @Override
    @JsonIgnore
    default String key() {
        return account();
    }

    @EventType(value = "sample.account.opened.v1", intent = "onboarding")
    record Opened(String account) implements AccountEvent {}

    @EventType("sample.account.deposited.v1")
    record Deposited(String account, long amount) implements AccountEvent {}

    /** A deposit that an external service has to confirm. */
    @EventType("sample.account.pledged.v1")
    record Pledged(String account, long amount) implements AccountEvent {}

    /** An event whose handler needs no order. */
    @EventType("sample.account.noted.v1")
    record Noted(String account, @NotBlank String note) implements AccountEvent {}

    @EventType("sample.account.closed.v1")
    record Closed(String account, String note) implements AccountEvent {}
}
