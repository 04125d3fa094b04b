package dev.orderflow.edge.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.mock.http.MockHttpInputMessage;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class UnreadableBodyTests {

    record Line(int quantity, String sku) {}

    record Cart(String customer, List<Line> lines, Line gift) {}

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"lines": [{"quantity": 1}, {"quantity": "x"}]} | lines[1].quantity | int
            {"lines": {"a": 1}}                             | lines             | java.util.List
            {"gift": {"quantity": true}}                    | gift.quantity     | int
            {"gift": []}                                    | gift              | dev.orderflow.edge.problem.UnreadableBodyTests$Line
            {"lines": [[]]}                                 | lines[0]          | dev.orderflow.edge.problem.UnreadableBodyTests$Line
            {"customer": {}}                                | customer          | java.lang.String
            """)
    void aFieldOfTheWrongTypeIsNamedByItsPath(String body, String path, String wanted) {
        assertThat(read(body)).isInstanceOfSatisfying(UnreadableBody.WrongField.class, wrong -> {
            assertThat(wrong.path()).isEqualTo(path);
            assertThat(wrong.wanted().getName()).startsWith(wanted.replace("java.util.List", "java.util."));
            assertThat(wrong.message()).isNotBlank();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999999999999", "2147483648", "-2147483649"})
    void aNumberOutOfItsRangeIsAFieldAtFaultWithoutJacksonsWords(String number) {
        assertThat(read("{\"gift\": {\"quantity\": " + number + "}}"))
                .isInstanceOfSatisfying(UnreadableBody.WrongField.class, wrong -> {
                    assertThat(wrong.path()).isEqualTo("gift.quantity");
                    assertThat(wrong.message()).isNull();
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", "\"text\"", "true"})
    void jsonOfAnotherFormIsAWrongDocument(String body) {
        assertThat(read(body)).isInstanceOf(UnreadableBody.WrongDocument.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"customer": "a",, }  | 1
            nonsense              | 1
            {"customer": 'a'}     | 1
            """)
    void whatIsNoJsonIsMalformedAtAPlace(String body, int line) {
        assertThat(read(body)).isInstanceOfSatisfying(UnreadableBody.Malformed.class, malformed -> {
            assertThat(malformed.at()).isNotNull();
            assertThat(malformed.at().getLineNr()).isEqualTo(line);
        });
    }

    @Test
    void aBodyThatIsNotThereHasNoCause() {
        assertThat(UnreadableBody.of(notReadable(null))).isInstanceOf(UnreadableBody.Missing.class);
    }

    @Test
    void anythingElseIsUnknown() {
        assertThat(UnreadableBody.of(notReadable(new IOException("gone")))).isInstanceOf(UnreadableBody.Unknown.class);
        assertThat(UnreadableBody.of(notReadable(new IllegalStateException())))
                .isInstanceOf(UnreadableBody.Unknown.class);
    }

    private static UnreadableBody read(String body) {
        try {
            JsonMapper.shared().readValue(body, Cart.class);
        } catch (JacksonException e) {
            return UnreadableBody.of(notReadable(e));
        }
        throw new AssertionError(body + " could be read");
    }

    private static HttpMessageNotReadableException notReadable(Throwable cause) {
        return new HttpMessageNotReadableException("unreadable", cause, new MockHttpInputMessage(new byte[0]));
    }
}
