package dev.orderflow.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecipientLimitTests {

    private static final EmailAddress JO = new EmailAddress("jo@example.com");

    private final AtomicReference<Instant> now = new AtomicReference<>(SampleEvents.AT);
    private final RecipientLimit limit = new RecipientLimit(
            new MailProperties("orders@example.com", "example.com", 3, Duration.ofDays(90)), clock());

    @Test
    void oneRecipientGetsSoManyMailsPerHour() {
        assertThat(allowed(5)).isEqualTo(3);

        pass(Duration.ofMinutes(20));
        assertThat(allowed(5)).isEqualTo(1);

        pass(Duration.ofHours(5));
        assertThat(allowed(5)).isEqualTo(3);
    }

    @Test
    void theCaseOfAnAddressDoesNotMatterAndOthersAreNotLimited() {
        allowed(3);

        assertThat(limit.allows(new EmailAddress("JO@Example.com"))).isFalse();
        assertThat(limit.allows(new EmailAddress("mo@example.com"))).isTrue();
    }

    @Test
    void aMailThatWasNotSentDoesNotCount() {
        allowed(3);

        limit.giveBack(JO);

        assertThat(allowed(2)).isEqualTo(1);
    }

    @Test
    void aClockThatGoesBackGivesNothing() {
        allowed(3);

        pass(Duration.ofHours(-1));

        assertThat(allowed(1)).isZero();
    }

    @Test
    void recipientsBeyondABoundAreForgotten() {
        allowed(3);

        IntStream.range(0, RecipientLimit.MOST_RECIPIENTS)
                .forEach(other -> limit.allows(new EmailAddress(other + "@example.com")));

        assertThat(allowed(1)).isEqualTo(1);
    }

    private long allowed(int mails) {
        return IntStream.range(0, mails).filter(mail -> limit.allows(JO)).count();
    }

    private Clock clock() {
        return ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }
}
