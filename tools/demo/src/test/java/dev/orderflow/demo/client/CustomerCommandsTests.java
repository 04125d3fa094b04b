package dev.orderflow.demo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The commands that export and erase a customer's data. */
class CustomerCommandsTests {

    private final ShopDouble shop = new ShopDouble();
    private final StringWriter out = new StringWriter();

    @AfterEach
    void end() {
        shop.close();
    }

    @Test
    void anExportHasAllPages() {
        assertThat(run(new ExportCommand(shop::endpoints), "ann lee")).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "{\"orders\":{\"items\":[1],\"nextCursor\":\"next\"}}",
                        "{\"orders\":{\"items\":[2],\"nextCursor\":null}}");
    }

    @Test
    void anErasureIsConfirmed() {
        assertThat(run(new EraseCommand(shop::endpoints), "ann lee")).isZero();
        assertThat(out.toString().strip()).isEqualTo("erased");
    }

    @Test
    void anUnknownCustomerIsAFailure() {
        try (var client = new ShopClient(shop.endpoints())) {
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> client.erase("nobody"))
                    .withMessageContaining("no such customer");
        }
        assertThat(run(new EraseCommand(shop::endpoints), "nobody")).isEqualTo(1);
    }

    private int run(Object command, String... arguments) {
        return new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(new StringWriter()))
                .execute(arguments);
    }
}
