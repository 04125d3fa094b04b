package dev.orderflow.demo.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class OrderCommandTests {

    private final ShopDouble shop = new ShopDouble();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void end() {
        shop.close();
    }

    @Test
    void printsEachStatusOnceWithItsTimeUntilTheOrderIsDelivered() {
        shop.statuses.addAll(List.of(
                "PLACED", "PLACED,RESERVED", "PLACED,RESERVED,PAID,SHIPPED", "PLACED,RESERVED,PAID,SHIPPED,DELIVERED"));

        assertThat(run(shop.endpoints())).isZero();
        assertThat(out.toString().lines().skip(1).map(line -> line.replaceAll("\\s+", " ")))
                .containsExactly(
                        " PLACED +0 ms",
                        " RESERVED +1,000 ms",
                        " PAID +2,000 ms",
                        " SHIPPED +3,000 ms",
                        " DELIVERED +4,000 ms",
                        "DELIVERED");
    }

    @Test
    void theTimelineEndsWithThePointsOfTheOrder() {
        shop.points = 15;
        shop.statuses.add("PLACED,RESERVED,PAID,SHIPPED,DELIVERED");

        assertThat(run(shop.endpoints())).isZero();
        assertThat(out.toString().lines().toList()).endsWith("  15 points earned", "DELIVERED");
    }

    @Test
    void missesNoStatusThatPassedBetweenTwoRequests() {
        shop.statuses.add("PLACED,RESERVED,CANCELLED");

        assertThat(run(shop.endpoints(), "--card", "decline")).isZero();
        assertThat(out.toString())
                .contains("RESERVED")
                .contains("CANCELLED")
                .endsWith("CANCELLED: PAYMENT_DECLINED" + System.lineSeparator());
    }

    @Test
    void anOrderThatDoesNotEndInTimeIsAFailure() {
        shop.statuses.add("PLACED");

        assertThat(run(shop.endpoints(), "--timeout", "1")).isEqualTo(1);
        assertThat(err.toString()).contains("is still PLACED after 1 s; see ./demo --target here verify");
    }

    @Test
    void aRefusalNamesTheFault() {
        assertThat(run(shop.endpoints(), "--sku", "REFUSED")).isEqualTo(1);
        assertThat(err.toString())
                .contains("order-service refuses the order: Lacks products. lines[0].sku is not in the catalog.");
    }

    @Test
    void anOverloadedSuiteIsNoReasonToLookForAFault() {
        assertThat(run(shop.endpoints(), "--sku", "BUSY")).isEqualTo(1);
        assertThat(err.toString().strip()).endsWith("answered 429: Too many orders are in progress.; try again later");
    }

    @Test
    void anUnavailableSuiteIsReportedInOneSentence() {
        var nowhere = URI.create("http://127.0.0.1:1");

        assertThat(run(new ShopEndpoints(nowhere, nowhere, nowhere, Optional.empty()), "--sku", "A"))
                .isEqualTo(1);
        assertThat(err.toString().strip())
                .isEqualTo("no response from http://127.0.0.1:1; is the suite up? Try ./demo --target here status");
    }

    private int run(ShopEndpoints endpoints, String... arguments) {
        return new CommandLine(new OrderCommand(() -> endpoints, () -> "./demo --target here"))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
