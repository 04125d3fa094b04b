package dev.orderflow.loyalty.points;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.edge.security.Caller;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RedemptionKeyTests {

    private static final PointsAccount.Key ACCOUNT = new PointsAccount.Key("demo", "~r");

    @Test
    void anotherCallersKeyIsAnotherKey() {
        assertThat(hash(shop("shop"), "key"))
                .hasSize(32)
                .isEqualTo(hash(shop("shop"), "key"))
                .isNotEqualTo(hash(shop("shop"), "other"))
                .isNotEqualTo(hash(shop("other"), "key"))
                .isNotEqualTo(hash(customer("shop"), "key"));
    }

    @Test
    void theSubjectAndTheTextAreNotMixedUp() {
        assertThat(hash(shop("ab"), "c"))
                .isNotEqualTo(hash(shop("a"), "bc"))
                .isNotEqualTo(hash(shop(""), "abc"))
                .isNotEqualTo(hash(shop("abc"), ""));
    }

    /** Otherwise a list of customers and a guessed key would show whose points they were. */
    @Test
    void theIdOfACustomerIsNotInTheHash() {
        assertThat(hash(customer("ann"), "key")).isEqualTo(hash(customer("bob"), "key"));
    }

    private static byte[] hash(Caller caller, String text) {
        return RedemptionKey.of(caller, ACCOUNT, text).hash();
    }

    private static Caller shop(String subject) {
        return new Caller("demo", subject, Set.of(Caller.FOR_ANY_CUSTOMER), null);
    }

    private static Caller customer(String subject) {
        return new Caller("demo", subject, Set.of("orders:write"), null);
    }
}
