package dev.orderflow.order.customer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CustomerPropertiesTests {

    private final CustomerProperties properties = new CustomerProperties("example.com");

    @ParameterizedTest
    @CsvSource({"17850, 17850@example.com", "jo@example.com, jo@example.com", "jo@Example.COM, jo@Example.COM"})
    void customersHaveMailboxesAtTheDomain(String id, String mailbox) {
        assertThat(properties.mailboxOf(id)).hasValue(mailbox);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "victim@example.org",
                "victim@mail.example.com",
                "victim@example.com.evil.org",
                "victim@example.org@example.com",
                "victim@example.org,x@example.com",
                "victim@"
            })
    void anIdThatIsAnAddressOfAnotherDomainHasNone(String id) {
        assertThat(properties.mailboxOf(id)).isEmpty();
    }

    @Test
    void withoutDomainNobodyHasOne() {
        assertThat(new CustomerProperties("").mailboxOf("17850")).isEmpty();
        assertThat(new CustomerProperties(null).mailboxOf("jo@example.com")).isEmpty();
    }
}
