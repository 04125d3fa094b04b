package dev.orderflow.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTests {

    @ParameterizedTest
    @CsvSource({
        "17850, 17850@example.com",
        "c-4711, c-4711@example.com",
        "first.last+orders, first.last+orders@example.com",
        "someone@example.com, someone@example.com",
        "someone@Example.COM, someone@Example.COM"
    })
    void aCustomersIdGivesAnAddress(String customerId, String address) {
        assertThat(EmailAddress.of(customerId, "example.com")).contains(new EmailAddress(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "two words",
                ".leading",
                "trailing.",
                "two..dots",
                "@example.com",
                "someone@",
                "a@b@c",
                "Someone <someone@example.com>",
                "someone@example.com,other@example.com",
                "someone@-example.com",
                "\"quoted string\"@example.com",
                "group:someone@example.com;",
                "jos\u00e9",
                "nul\u0000"
            })
    void anIdThatGivesNoAddressIsNotRepaired(String customerId) {
        assertThat(EmailAddress.of(customerId, "example.com")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "someone\r\nBcc: all@example.com",
                "someone\nX-Order-Status: PAID",
                "someone@example.com\r\nBcc: all@example.com",
                "someone@example.com\n",
                "someone@example.com\r",
                "someone%0d%0a\r"
            })
    void anAddressCannotContainAHeader(String customerId) {
        assertThat(EmailAddress.of(customerId, "example.com")).isEmpty();
    }

    /** Prevents a client that chooses ids from having mail sent to anybody. */
    @ParameterizedTest
    @ValueSource(
            strings = {"someone@shop.example", "someone@localhost", "someone@sub.example.com", "a@example.com.shop"})
    void anAddressOfAnotherDomainIsNone(String customerId) {
        assertThat(EmailAddress.of(customerId, "example.com")).isEmpty();
    }

    @Test
    void anAddressHasABoundedLength() {
        assertThat(EmailAddress.of("a".repeat(64), "example.com")).isPresent();
        assertThat(EmailAddress.of("a".repeat(65), "example.com")).isEmpty();
        var domain = "long.".repeat(50) + "example";
        assertThat(EmailAddress.of("a@" + domain, domain)).isEmpty();
    }

    @Test
    void anInvalidAddressIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new EmailAddress("two words@example.com"));
    }
}
