package dev.orderflow.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.events.notification.LowStockNoticed;
import dev.orderflow.events.order.CancellationReason;
import dev.orderflow.events.order.OrderEvent;
import dev.orderflow.events.order.PricedOrderLine;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** The HTML of all e-mails, beside their plain text. */
class HtmlMailTests {

    private static final UUID ORDER = UUID.fromString("0198c5a0-0000-7000-8000-000000000001");
    private static final int MOST_BYTES = 200_000;

    private static final Set<String> ELEMENTS = Set.of(
            "html", "head", "meta", "title", "body", "main", "p", "strong", "bdi", "table", "caption", "thead", "tbody",
            "tr", "th", "td");
    private static final Set<String> ATTRIBUTES =
            Set.of("lang", "charset", "name", "content", "style", "scope", "align", "cellpadding");

    private final MailTemplates templates = new MailTemplates();

    static Stream<OrderEvent> events() {
        var others = Stream.of(
                SampleEvents.placed(ORDER, SampleEvents.line("HOLDER", "0.25", "13.80")),
                SampleEvents.reserved(ORDER, "17850"),
                SampleEvents.unpaid(ORDER, "17850"),
                SampleEvents.paid(ORDER, "17850"),
                SampleEvents.shipped(ORDER, "17850"),
                SampleEvents.delivered(ORDER, "17850"),
                SampleEvents.followUpDue(ORDER, "17850"));
        var cancellations = Arrays.stream(CancellationReason.values())
                .map(reason -> SampleEvents.cancelled(ORDER, "17850", reason));
        return Stream.concat(others, cancellations);
    }

    @Test
    void eachStatusIsCovered() {
        assertThat(events().map(OrderStatus::after)).contains(OrderStatus.values());
    }

    /** Words of a line differ: a table names them in its header. */
    @ParameterizedTest
    @MethodSource("events")
    void bothPartsSayTheSame(OrderEvent event) {
        var text = templates.write(event, 15);
        var html = HtmlText.of(text.html());

        assertThat(paragraphs(text))
                .allSatisfy(paragraph -> assertThat(html.shown()).contains(paragraph));
        assertThat(html.elements("p"))
                .allSatisfy(paragraph ->
                        assertThat(HtmlText.flat(text.plain())).contains(HtmlText.flat(paragraph.getTextContent())));
        assertThat(html.elements("td"))
                .allSatisfy(cell -> assertThat(text.plain()).contains(cell.getTextContent()));
    }

    @Test
    void theMerchandisersMailSaysTheSameInBothParts() {
        var text = templates.write(new LowStockNoticed("85123A", 4L, 5L, SampleEvents.AT));

        assertThat(paragraphs(text))
                .hasSize(3)
                .allSatisfy(paragraph ->
                        assertThat(HtmlText.of(text.html()).shown()).contains(paragraph));
    }

    @ParameterizedTest
    @MethodSource("events")
    void anHtmlMailStatesItsLanguageAndSubjectAndRefersToNothing(OrderEvent event) {
        var text = templates.write(event, 15);
        var html = HtmlText.of(text.html());

        assertThat(text.html()).startsWith("<!DOCTYPE html>").doesNotContain("th:", "[[", "${", "null", "url(");
        assertThat(html.elements("html").getFirst().getAttribute("lang")).isEqualTo("en-GB");
        assertThat(html.elements("title").getFirst().getTextContent()).isEqualTo(text.subject());
        assertHarmless(html);
    }

    @Test
    void eachCellOfTheTableHasHeaders() {
        var html =
                HtmlText.of(templates.write(SampleEvents.placed(ORDER, "17850")).html());

        assertThat(html.elements("caption")).hasSize(1);
        assertThat(html.elements("th"))
                .extracting(header -> header.getAttribute("scope"))
                .containsExactly("col", "col", "col", "col", "row");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert('x')</script>",
                "</bdi></th></tr></table><img src=x onerror=\"alert(1)\">",
                "<!-- & &lt; &#60; <![CDATA[ ]]> \"' -->",
                "[[${total}]] [(${total})] th:text=\"${total}\" __${total}__",
            })
    void aProductsNameIsTextAndNoMarkup(String name) {
        var text = templates.write(SampleEvents.placed(ORDER, SampleEvents.line(name, "0.25", "13.80")));
        var html = HtmlText.of(text.html());

        assertHarmless(html);
        assertThat(html.rows()).hasSize(2);
        assertThat(html.rows().getLast()).first().isEqualTo(name);
        assertThat(text.plain()).contains("  6 x " + name + ", 2.55 GBP less");
    }

    /** Line breaks, of Unicode too, become spaces. Amounts stay behind the name. */
    @Test
    void aProductsNameStaysOnItsLineAndInItsDirection() {
        var name = "A\r\nB\u0085C\u2028D\u0000E \u202e99.99\u2066 \u200fF \u05d0";
        var text = templates.write(SampleEvents.placed(ORDER, SampleEvents.line(name, "0.25", "13.80")));

        assertThat(text.plain())
                .contains("\n  6 x \u2068A B C D E 99.99 F \u05d0\u2069, 2.55 GBP less 0.25 GBP each: 13.80 GBP\n");
        assertThat(HtmlText.of(text.html()).rows().getLast()).first().isEqualTo("A B C D E 99.99 F \u05d0");
    }

    @Test
    void aTrackingIdIsTextOnOneLine() {
        var text = templates.write(SampleEvents.shipped(ORDER, "17850", "<b>1</b>\r\n\r\nPay again \u202eat"));

        assertThat(text.plain()).contains("\nTracking id: <b>1</b> Pay again at\n");
        assertThat(HtmlText.of(text.html()).shown()).contains("Tracking id: <b>1</b> Pay again at");
        assertHarmless(HtmlText.of(text.html()));
    }

    @Test
    void ofALongOrderTheFirstLinesAreListedAndTheOthersCounted() {
        var lines = IntStream.range(0, 1_000)
                .mapToObj(number -> SampleEvents.line("HOLDER " + number, "0.25", "13.80"))
                .toArray(PricedOrderLine[]::new);
        var text = templates.write(SampleEvents.placed(ORDER, lines));
        var html = HtmlText.of(text.html());

        assertThat(text.plain()).contains("  6 x HOLDER 99,", "\n  and 900 more\n\nTotal: 15.30 GBP\n");
        assertThat(html.rows()).hasSize(1 + MailFacts.MOST_LINES);
        assertThat(html.shown()).contains("and 900 more Total: 15.30 GBP");
    }

    /** Characters that take up most bytes when they are escaped or encoded. */
    @ParameterizedTest
    @ValueSource(strings = {"\"", "=", "&", "a", "\u20ac", "\ud83d\udca5"})
    void aMailOfLongNamesIsBounded(String character) throws Exception {
        var line = SampleEvents.line(character.repeat(200), "0.25", "13.80");
        var lines = Collections.nCopies(1_000, line).toArray(PricedOrderLine[]::new);
        var text = templates.write(SampleEvents.placed(ORDER, lines));

        assertThat(sizeOf(text)).isLessThan(MOST_BYTES);
        assertThat(text.plain()).contains(character.repeat(200) + ",", " more\n\nTotal: ");
    }

    @Test
    void aNameThatIsLongerThanAnyIsLeftOut() throws Exception {
        var line = SampleEvents.line("a".repeat(1_000_000), "0.25", "13.80");
        var text = templates.write(SampleEvents.placed(ORDER, line));

        assertThat(sizeOf(text)).isLessThan(MOST_BYTES);
        assertThat(text.plain()).contains("\n\n  and 1 more\n\nTotal: ");
    }

    /** Returns the paragraphs of the plain text but the lines of an order. */
    private static Stream<String> paragraphs(MailText text) {
        return Arrays.stream(text.plain().split("\n\n"))
                .filter(paragraph -> !paragraph.startsWith("  "))
                .map(HtmlText::flat);
    }

    private static void assertHarmless(HtmlText html) {
        assertThat(html.elements("*")).extracting(Element::getTagName).isSubsetOf(ELEMENTS);
        assertThat(html.elements("*")).allSatisfy(element -> {
            var attributes = element.getAttributes();
            assertThat(IntStream.range(0, attributes.getLength())
                            .mapToObj(number -> attributes.item(number).getNodeName()))
                    .isSubsetOf(ATTRIBUTES);
        });
    }

    private static int sizeOf(MailText text) throws MessagingException, IOException {
        var mail = new OrderMail(ORDER, OrderStatus.PLACED, new EmailAddress("17850@example.com"), null, text);
        var bytes = new ByteArrayOutputStream();
        new OrderMimeMessage(Session.getInstance(new Properties()), mail, "example.com").writeTo(bytes);
        return bytes.size();
    }
}
