package dev.orderflow.notification.mail;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MailTextTests {

    @ParameterizedTest
    @MethodSource("unusable")
    void aSubjectIsOneBoundedLine(String subject) {
        assertThatIllegalArgumentException().isThrownBy(() -> new MailText(subject, "text", "<p>text</p>"));
    }

    static String[] unusable() {
        return new String[] {"", " ", "Paid\r\nBcc: all@example.com", "Paid\nBcc: all@example.com", "a".repeat(201)};
    }
}
