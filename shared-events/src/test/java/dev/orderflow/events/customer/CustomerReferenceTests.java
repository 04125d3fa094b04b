package dev.orderflow.events.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomerReferenceTests {

    @Test
    void eachReferenceIsAnother() {
        var one = CustomerReference.random();

        assertThat(one).isNotEqualTo(CustomerReference.random());
        assertThat(one.toString()).hasSize(37);
        assertThat(new CustomerReference(one.text())).isEqualTo(one);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "17850",
                "~",
                "jo@example.com",
                "8f14e45f-ceea-467f-a1c0-9d5d2a7c3b11",
                "~8F14E45F-CEEA-467F-A1C0-9D5D2A7C3B11",
                "~8f14e45f-ceea-167f-a1c0-9d5d2a7c3b11",
                "~8f14e45f-ceea-467f-a1c0-9d5d2a7c3b11 ",
            })
    void aPlainIdIsNoReference(String id) {
        assertThat(CustomerReference.isReference(id)).isFalse();
    }

    @Test
    void aTextThatIsNoReferenceIsNotRepeated() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CustomerReference("jo@example.com"))
                .withMessageNotContaining("jo@");
    }
}
