package dev.orderflow.eventing.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventingSchemaTests {

    private static final String SQL = "SELECT count(*) FROM eventing.outbox WHERE eventing.outbox_require(:me)";

    @Test
    void theConfiguredSchemaTakesThePlaceOfTheQualifier() {
        assertThat(EventingSchema.of("messages").sql(SQL))
                .isEqualTo("SELECT count(*) FROM \"messages\".outbox WHERE \"messages\".outbox_require(:me)");
    }

    @Test
    void withoutASchemaTheQualifierGoes() {
        assertThat(EventingSchema.of(null).sql(SQL)).isEqualTo("SELECT count(*) FROM outbox WHERE outbox_require(:me)");
    }

    @Test
    void aReservedWordIsAName() {
        assertThat(EventingSchema.of("user").sql("SELECT FROM eventing.inbox")).isEqualTo("SELECT FROM \"user\".inbox");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Messages", "a-b", "a.b", "a\"b", "a'b", "1a", "ä"})
    void aNameThatWouldNeedQuotationMarksIsRefused(String name) {
        assertThatThrownBy(() -> EventingSchema.of(name)).isInstanceOf(IllegalArgumentException.class);
    }
}
