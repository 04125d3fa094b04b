package dev.orderflow.demo.client.replay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests that each row, whatever its content, is a line of an order or counted as skipped, and never becomes part of
 * another invoice.
 */
class RetailFuzzTests {

    private static final String HEADER =
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";
    private static final int ROWS = 400;
    private static final List<String> NUMBERS =
            List.of("6", "0", "-3", "100001", "2147483648", "1e9999", "x", "", "3.5");
    private static final List<String> PRICES = List.of("3.39", "0.001", "-5", "1e-999999999", "NaN", "", "999999999");
    private static final List<String> SKUS =
            List.of("71053", "84406B", "", "a/b", "\u0661\u0662", "A B", "x".repeat(51));
    private static final List<String> CUSTOMERS =
            List.of("17850.0", "", "\u0663", "J\u00FCrgen", "\u001B[2J", "a\u202Eb");
    private static final List<String> PIECES = List.of(
            "A",
            "\u00C4",
            "\u2116",
            "\uD83D\uDE00",
            "\"",
            ",",
            "\n",
            "\r\n",
            "\u001B[31m",
            "\u202E",
            "\u0000",
            "\uFEFF",
            " ",
            "'",
            ";");

    @TempDir
    Path folder;

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyRowIsPlacedOrCounted(long seed) throws Exception {
        var random = new Random(seed);
        var charset = random.nextInt(4) == 0 ? UTF_16LE : UTF_8;
        var text = new StringBuilder(random.nextBoolean() ? "\uFEFF" + HEADER : HEADER);
        var rows = 0;
        for (var number = 0; number < ROWS; number++) {
            if (number % 2 == 0 && random.nextInt(5) == 0) {
                text.append(garbage(random)).append('\n');
                rows++;
            }
            text.append(row(random, number)).append(random.nextBoolean() ? "\n" : "\r\n");
            rows++;
            if (random.nextInt(20) == 0) {
                text.append("  \n");
            }
        }

        var orders = read(text.toString().getBytes(charset));

        var placed = orders.invoices().stream()
                .mapToLong(invoice -> invoice.order().lines().size())
                .sum();
        assertThat(orders.rows()).as("seed %d", seed).isEqualTo(rows);
        assertThat(placed + orders.skipped().total()).as("seed %d", seed).isEqualTo(rows);
        assertThat(placed).as("seed %d", seed).isPositive();
        assertThat(orders.products().values()).as("seed %d", seed).allSatisfy(product -> {
            assertThat(product.name()).hasSizeBetween(1, 200);
            assertThat(product.name().codePoints().map(Character::getType))
                    .doesNotContain((int) Character.SURROGATE, (int) Character.CONTROL);
        });
    }

    @Test
    void invoicesThatDifferStayDifferentInEveryCharset() throws Exception {
        var names = List.of("\u00C41", "\u00D61", "?1", "\u00DF1", "\u00E9\u00E8");
        for (var charset : List.of(UTF_8, ISO_8859_1, Charset.forName("windows-1252"), UTF_16LE)) {
            var text = new StringBuilder(HEADER);
            names.forEach(name -> text.append(name).append(",A,MUG,1,2010-12-01,5.00,1.0,UK\n"));

            var orders = read(text.toString().getBytes(charset));

            assertThat(orders.invoices())
                    .as(charset.name())
                    .extracting(RetailOrders.Invoice::number)
                    .containsExactlyElementsOf(names);
        }
    }

    @Test
    void invoicesOfBytesInNoCharsetStayDifferent() throws Exception {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(HEADER.getBytes(UTF_8));
        for (var code = 0x80; code <= 0xFF; code++) {
            bytes.write(code);
            bytes.writeBytes("1,A,MUG,1,2010-12-01,5.00,1.0,UK\n".getBytes(UTF_8));
        }

        var orders = read(bytes.toByteArray());

        var numbers = new HashSet<String>();
        orders.invoices().forEach(invoice -> numbers.add(invoice.number()));
        assertThat(numbers.size() + orders.skipped().total()).isEqualTo(128);
    }

    @Test
    void aNameIsNotCutWithinACharacter() throws Exception {
        var name = read((HEADER + "1,A," + "x".repeat(199) + "\uD83D\uDE00,1,2010-12-01,5.00,1.0,UK\n").getBytes(UTF_8))
                .products()
                .get("A")
                .name();

        assertThat(name).isEqualTo("x".repeat(199));
    }

    @Test
    void anUnclosedQuoteSwallowsNoRow() throws Exception {
        var orders = read((HEADER
                        + "1,A,\"MUG,1,2010-12-01,5.00,1.0,UK\n"
                        + "2,B,CUP,1,2010-12-01,5.00,1.0,UK\n"
                        + "3,C,JAR\",1,2010-12-01,5.00,1.0,UK\n")
                .getBytes(UTF_8));

        assertThat(orders.invoices()).extracting(RetailOrders.Invoice::number).containsExactly("2", "3");
        assertThat(orders.skipped().count(SkipReason.MALFORMED)).isEqualTo(1);
    }

    @Test
    void aHugeLineCostsOnlyItself() throws Exception {
        var row = ",A,MUG,1,2010-12-01,5.00,1.0,UK\n";
        var orders =
                read((HEADER + "1" + row + "x".repeat(3 << 20) + row + "2" + row + "y".repeat(500) + row + "3" + row)
                        .getBytes(UTF_8));

        assertThat(orders.invoices()).extracting(RetailOrders.Invoice::number).containsExactly("1", "2", "3");
        assertThat(orders.skipped().count(SkipReason.MALFORMED)).isEqualTo(2);
    }

    @Test
    void aRowOfAnotherCustomerIsNotPlacedForTheFirst() throws Exception {
        var orders =
                read((HEADER + "1,A,MUG,1,2010-12-01,5.00,1.0,UK\n1,B,CUP,1,2010-12-01,5.00,2.0,UK\n").getBytes(UTF_8));

        assertThat(orders.invoices().getFirst().order().lines()).hasSize(1);
        assertThat(orders.skipped().count(SkipReason.OTHER_CUSTOMER)).isEqualTo(1);
    }

    /** Returns a row, quoted where necessary, so that it is one row whatever its cells are. */
    private static String row(Random random, int number) {
        // Half of the rows are good ones of one line: they follow garbage, which must not swallow them.
        if (number % 2 == 0) {
            return number + ",71053," + quoted(text(random, 5).replace("\n", "").replace("\r", ""))
                    + ",6,2010-12-01 08:26:00,3.39,17850.0,UK";
        }
        return String.join(
                ",",
                quoted(text(random, 3) + number),
                quoted(any(random, SKUS)),
                quoted(random.nextInt(20) == 0 ? text(random, 400) : text(random, 8)),
                any(random, NUMBERS),
                "2010-12-01 08:26:00",
                any(random, PRICES),
                quoted(any(random, CUSTOMERS)),
                quoted(text(random, 2)));
    }

    private static String garbage(Random random) {
        return "#" + text(random, 12).replace("\n", "").replace("\r", "") + (random.nextBoolean() ? ",\"open" : "");
    }

    /** Returns a text of at most nine line breaks, the maximum of a row. */
    private static String text(Random random, int parts) {
        var text = new StringBuilder();
        var breaks = 0;
        for (var part = random.nextInt(parts + 1); part > 0; part--) {
            var next = any(random, PIECES);
            if (!next.contains("\n") || ++breaks <= 2) {
                text.append(next);
            }
        }
        return text.toString();
    }

    private static String quoted(String cell) {
        return "\"" + cell.replace("\"", "\"\"") + "\"";
    }

    private static String any(Random random, List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }

    private RetailOrders read(byte[] bytes) throws Exception {
        return new RetailFile(Files.write(folder.resolve("sales"), bytes)).read();
    }
}
