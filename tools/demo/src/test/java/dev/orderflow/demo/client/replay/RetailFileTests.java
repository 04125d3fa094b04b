package dev.orderflow.demo.client.replay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.demo.client.NewOrder.Line;
import dev.orderflow.events.Money;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetailFileTests {

    private static final String HEADER =
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\r\n";
    private static final String LANTERN =
            "536365,71053,WHITE METAL LANTERN,6,2010-12-01 08:26:00,3.39,17850.0,United Kingdom\r\n";
    private static final String HANGER = "536365,84406B,HANGER,8,2010-12-01 08:26:00,2.75,17850.0,United Kingdom\r\n";
    private static final String WARMER =
            "536366,22633,HAND WARMER,2,2010-12-01 08:28:00,1.85,13047.0,United Kingdom\r\n";

    @TempDir
    Path folder;

    @Test
    void theRowsOfOneInvoiceAreOneOrder() throws Exception {
        var orders = read(HEADER + LANTERN + HANGER + WARMER);

        assertThat(orders.invoices()).extracting(RetailOrders.Invoice::number).containsExactly("536365", "536366");
        var first = orders.invoices().getFirst().order();
        assertThat(first.customerId()).isEqualTo("17850");
        assertThat(first.lines()).containsExactly(new Line("71053", 6), new Line("84406B", 8));
        assertThat(orders.skipped().total()).isZero();
    }

    @Test
    void rowsOfAnInvoiceBelongTogetherWhereverTheyStand() throws Exception {
        var orders = read(HEADER + LANTERN + WARMER + HANGER);

        assertThat(orders.invoices()).hasSize(2);
        assertThat(orders.invoices().getFirst().order().lines()).hasSize(2);
    }

    @Test
    void aProductHasThePriceItWasMostOftenSoldFor() throws Exception {
        var orders = read(HEADER
                + "1,A,MUG,1,2010-12-01,5.00,1.0,UK\n"
                + "2,A,MUG,1,2010-12-01,4.25,1.0,UK\n"
                + "3,A,MUG,1,2010-12-01,4.25,1.0,UK\n");

        assertThat(orders.products().get("A").unitPrice()).isEqualTo(Money.of("4.25", "GBP"));
    }

    @Test
    void theFirstOfEquallyCommonPricesCounts() throws Exception {
        var orders = read(HEADER + "1,A,MUG,1,2010-12-01,5.00,1.0,UK\n2,A,MUG,1,2010-12-01,4.25,1.0,UK\n");

        assertThat(orders.products().get("A").unitPrice()).isEqualTo(Money.of("5.00", "GBP"));
    }

    @Test
    void aProductWithoutDescriptionIsCalledByItsCode() throws Exception {
        var orders = read(HEADER + "1,A,,1,2010-12-01,5.00,1.0,UK\n");

        assertThat(orders.products().get("A").name()).isEqualTo("A");
    }

    @Test
    void demandIsTheSumOfAllOrders() throws Exception {
        var orders = read(HEADER + LANTERN + LANTERN.replace("536365", "536370") + WARMER);

        assertThat(orders.demand()).isEqualTo(Map.of("71053", 12L, "22633", 2L));
        assertThat(orders.first(1).demand()).isEqualTo(Map.of("71053", 6L));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CANCELLATION          | C536379,D,Discount,-1,2010-12-01 09:41:00,27.5,14527.0,United Kingdom
            QUANTITY_NOT_POSITIVE | 536379,71053,LANTERN,0,2010-12-01 09:41:00,27.5,14527.0,United Kingdom
            QUANTITY_NOT_POSITIVE | 536379,71053,LANTERN,-3,2010-12-01 09:41:00,27.5,14527.0,United Kingdom
            PRICE_NOT_POSITIVE    | 536379,71053,LANTERN,3,2010-12-01 09:41:00,0.0,14527.0,United Kingdom
            PRICE_NOT_POSITIVE    | 536379,71053,LANTERN,3,2010-12-01 09:41:00,0.001,14527.0,United Kingdom
            PRICE_NOT_POSITIVE    | A536379,B,Adjust bad debt,1,2010-12-01 09:41:00,-11062.06,14527.0,United Kingdom
            NO_CUSTOMER           | 536379,71053,LANTERN,3,2010-12-01 09:41:00,2.5,,United Kingdom
            MALFORMED             | 536379,71053,LANTERN,three,2010-12-01 09:41:00,2.5,14527.0,United Kingdom
            MALFORMED             | 536379,71053,LANTERN,3.5,2010-12-01 09:41:00,2.5,14527.0,United Kingdom
            MALFORMED             | 536379,71053,LANTERN,99999999999,2010-12-01 09:41:00,2.5,14527.0,United Kingdom
            MALFORMED             | 536379,71053,LANTERN,1e999999999,2010-12-01 09:41:00,2.5,14527.0,United Kingdom
            MALFORMED             | 536379,71053,LANTERN,3,2010-12-01 09:41:00,,14527.0,United Kingdom
            MALFORMED             | 536379,71053,LANTERN,3,2010-12-01 09:41:00,1e-999999999,14527.0,United Kingdom
            MALFORMED             | 536379,71053,LANTERN,3,2010-12-01 09:41:00,2.5
            MALFORMED             | 536379,71053,LANTERN,3,2010-12-01 09:41:00,2.5,14527.0,United Kingdom,more
            MALFORMED             | ,71053,LANTERN,3,2010-12-01 09:41:00,2.5,14527.0,United Kingdom
            MALFORMED             | 536379,,LANTERN,3,2010-12-01 09:41:00,2.5,14527.0,United Kingdom
            MALFORMED             | 536379,71/053,LANTERN,3,2010-12-01 09:41:00,2.5,14527.0,United Kingdom
            MALFORMED             | 536379,71053,"LANTERN,3,2010-12-01 09:41:00,2.5,14527.0,United Kingdom
            MALFORMED             | 536379,71053,"LANTERN"S,3,2010-12-01 09:41:00,2.5,14527.0,United Kingdom
            MALFORMED             | what is this
            """)
    void aRowThatIsNoPartOfAnOrderIsCountedAndTheOthersAreTaken(SkipReason reason, String row) throws Exception {
        var orders = read(HEADER + LANTERN + row + "\r\n" + HANGER + WARMER);

        assertThat(orders.skipped().count(reason)).isEqualTo(1);
        assertThat(orders.skipped().total()).isEqualTo(1);
        assertThat(orders.invoices()).hasSize(2);
        assertThat(orders.invoices().getFirst().order().lines()).hasSize(2);
    }

    @Test
    void theReportNamesTheFirstRowOfEachReason() throws Exception {
        var orders = read(HEADER
                + LANTERN
                + "C1,A,MUG,-1,2010-12-01,5.00,1.0,UK\n"
                + "C1,B,CUP,-1,2010-12-01,5.00,1.0,UK\n"
                + "2,A,MUG,x,2010-12-01,5.00,1.0,UK\n");

        assertThat(report(orders))
                .contains("3 rows skipped")
                .contains("2  cancels an invoice, which is not supported (1 invoices); first: line 3, invoice C1")
                .contains("1  cannot be read; first: line 5, Quantity 'x' is not a number");
    }

    @Test
    void quotedTextsMayHoldCommasQuotesAndLineBreaks() throws Exception {
        var orders = read(HEADER
                + "1,A,\"MUG, BLUE \"\"BEST\"\"\",1,2010-12-01,5.00,1.0,UK\n"
                + "2,B,\"two\nlines\",1,2010-12-01,5.00,1.0,UK\n"
                + "3,C,12\" RULER,1,2010-12-01,5.00,1.0,UK\n"
                + "C4,C,RULER,-1,2010-12-01,5.00,1.0,UK\n");

        assertThat(orders.products().get("A").name()).isEqualTo("MUG, BLUE \"BEST\"");
        assertThat(orders.products().get("B").name()).isEqualTo("two lines");
        assertThat(orders.products().get("C").name()).isEqualTo("12\" RULER");
        assertThat(report(orders)).contains("line 6");
    }

    @Test
    void anUnclosedQuoteAtTheEndCostsOnlyItsOwnLine() throws Exception {
        var orders = read(HEADER + LANTERN + "2,A,\"MUG,1,2010-12-01,5.00,1.0,UK\n" + WARMER);

        assertThat(orders.invoices()).hasSize(2);
        assertThat(orders.skipped().count(SkipReason.MALFORMED)).isEqualTo(1);
    }

    @Test
    void columnsMayStandInAnyOrderAndCase() throws Exception {
        var orders = read("customerid,QUANTITY,StockCode,InvoiceNo,UnitPrice,Description\n1.0,7,A,100,5.00,MUG\n");

        assertThat(orders.invoices().getFirst().order().lines()).containsExactly(new Line("A", 7));
    }

    @Test
    void aByteOrderMarkBlankLinesAndForeignBytesDoNotHarm() throws Exception {
        var latin = ("1,A,CAF\u00c9 SIGN,1,2010-12-01,5.00,1.0,UK\n\n   \n" + WARMER).getBytes(ISO_8859_1);
        var orders = read(concat(("\uFEFF" + HEADER).getBytes(UTF_8), latin));

        assertThat(orders.invoices()).hasSize(2);
        assertThat(orders.products().get("A").name()).startsWith("CAF").endsWith("SIGN");
        assertThat(orders.skipped().total()).isZero();
    }

    @Test
    void aCompressedFileIsRecognizedWhateverItsName() throws Exception {
        assertThat(read(gzip(HEADER + LANTERN)).invoices()).hasSize(1);
    }

    @Test
    void theIntactPartOfADamagedCompressedFileIsRead() throws Exception {
        var text = new StringBuilder(HEADER);
        for (var invoice = 0; invoice < 20_000; invoice++) {
            text.append(LANTERN.replace("536365", Integer.toString(invoice * 7919)));
        }
        var compressed = gzip(text.toString());
        var orders = read(Arrays.copyOf(compressed, compressed.length / 2));

        assertThat(orders.invoices()).hasSizeBetween(100, 19_999);
        assertThat(report(orders)).contains("the file is damaged from line");
        assertThat(orders.skipped().isDamaged()).isTrue();
    }

    @Test
    void anEmptyFileDiffersFromOneWithoutRows() throws Exception {
        assertThatThrownBy(() -> read(""))
                .isInstanceOf(UnusableFileException.class)
                .hasMessage("the file is empty");
        assertThat(read(HEADER).invoices()).isEmpty();
    }

    @Test
    void aFileOfAnotherKindIsRefusedWithTheColumnsItLacks() {
        assertThatThrownBy(() -> read("InvoiceNo,StockCode,Quantity\n1,2,3\n"))
                .isInstanceOf(UnusableFileException.class)
                .hasMessageContaining("lacks the columns Description, UnitPrice, CustomerID");
        assertThatThrownBy(() -> read(new byte[] {0x1f, (byte) 0x8b, 0, 0})).isInstanceOf(IOException.class);
    }

    private RetailOrders read(String text) throws Exception {
        return read(text.getBytes(UTF_8));
    }

    private RetailOrders read(byte[] bytes) throws Exception {
        return new RetailFile(Files.write(folder.resolve("sales"), bytes)).read();
    }

    private static String report(RetailOrders orders) {
        var text = new StringWriter();
        var out = new PrintWriter(text);
        orders.skipped().print(out);
        out.flush();
        return text.toString();
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static byte[] concat(byte[] first, byte[] second) throws IOException {
        var both = new ByteArrayOutputStream();
        both.write(first);
        both.write(second);
        return both.toByteArray();
    }
}
