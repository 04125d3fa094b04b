package dev.orderflow.notification.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.events.Money;
import dev.orderflow.events.notification.LowStockNoticed;
import dev.orderflow.events.order.OrderCancelled;
import dev.orderflow.events.order.OrderDelivered;
import dev.orderflow.events.order.OrderEvent;
import dev.orderflow.events.order.OrderFollowUpDue;
import dev.orderflow.events.order.OrderLine;
import dev.orderflow.events.order.OrderPaid;
import dev.orderflow.events.order.OrderPlaced;
import dev.orderflow.events.order.OrderPlacedV2;
import dev.orderflow.events.order.OrderReserved;
import dev.orderflow.events.order.OrderShipped;
import dev.orderflow.events.order.OrderUnpaid;
import dev.orderflow.events.order.PricedOrderLine;
import java.text.Bidi;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Facts of an event, as variables of the templates. Both parts of an e-mail are written from the same ones. A fact that an event does
 * not have is absent, and the templates leave out what they say about it.
 * <p>
 * The lines of an order are in the e-mail about {@code order.placed} only: later events have none, and of an order only its points
 * are stored for later e-mails. Values are plain text on one line, which templates escape.
 */
final class MailFacts {

    static final Locale LOCALE = Locale.UK;

    /** The most lines of an order in an e-mail, which counts the others. Mail clients cut off long e-mails, some after 100 KB. */
    static final int MOST_LINES = 100;

    /** The most bytes of these lines' names. Escaped and encoded for both parts, they become seven times as many. */
    static final int MOST_NAME_BYTES = 16 * 1024;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMMM yyyy 'at' HH:mm 'UTC'", LOCALE).withZone(ZoneOffset.UTC);

    /** Characters that could imitate other lines of the e-mail, such as line breaks, or cannot be encoded. */
    private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]+");

    /** Invisible characters that could show the rest of the line, such as an amount, in another order. */
    private static final Pattern DIRECTIONS = Pattern.compile("[\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]+");

    private MailFacts() {}

    /** Returns the facts of a change of an order's status, and the points that it has earned, if there are any. */
    static Map<String, Object> of(OrderEvent event, long points) {
        var facts = new HashMap<>(factsOf(event));
        facts.put("orderId", event.orderId().toString());
        if (points > 0) {
            facts.put(
                    "points",
                    points == 1
                            ? "1 point"
                            : NumberFormat.getIntegerInstance(LOCALE).format(points) + " points");
        }
        return facts;
    }

    /** Returns the facts about a product with low stock. */
    static Map<String, Object> of(LowStockNoticed noticed) {
        return Map.of(
                "sku", onOneLine(noticed.sku()),
                "available", Long.toString(noticed.available()),
                "threshold", Long.toString(noticed.threshold()),
                "at", text(noticed.at()));
    }

    private static Map<String, Object> factsOf(OrderEvent event) {
        return switch (event) {
            case OrderPlacedV2 placed ->
                placed(
                        placed.at(),
                        placed.total(),
                        placed.lines().stream().map(Line::of).toList());
            case OrderPlaced placed ->
                placed(
                        placed.at(),
                        placed.total(),
                        placed.lines().stream().map(Line::of).toList());
            case OrderReserved reserved -> Map.of("at", text(reserved.at()), "total", text(reserved.total()));
            case OrderUnpaid unpaid ->
                Map.of(
                        "at",
                        text(unpaid.at()),
                        "total",
                        text(unpaid.total()),
                        "cancelledAt",
                        text(unpaid.cancelledAt()));
            case OrderPaid paid -> Map.of("at", text(paid.at()), "total", text(paid.total()));
            case OrderShipped shipped ->
                Map.of("at", text(shipped.at()), "trackingId", onOneLine(shipped.trackingId()));
            case OrderDelivered delivered -> Map.of("at", text(delivered.at()));
            case OrderFollowUpDue due -> Map.of("deliveredAt", text(due.deliveredAt()));
            case OrderCancelled cancelled ->
                Map.of("at", text(cancelled.at()), "reason", cancelled.reason().name());
        };
    }

    private static Map<String, Object> placed(Instant at, Money total, List<Line> lines) {
        var listed = lines.subList(0, roomFor(lines));
        var facts = new HashMap<String, Object>();
        facts.put("at", text(at));
        facts.put("total", text(total));
        facts.put("lines", listed.stream().map(Line::facts).toList());
        facts.put("discounted", listed.stream().anyMatch(Line::isDiscounted));
        if (listed.size() < lines.size()) {
            facts.put("others", Integer.toString(lines.size() - listed.size()));
        }
        return facts;
    }

    /** Returns how many of the lines an e-mail has room for. */
    private static int roomFor(List<Line> lines) {
        var most = Math.min(lines.size(), MOST_LINES);
        var bytes = 0;
        for (var line = 0; line < most; line++) {
            bytes += lines.get(line).name().getBytes(UTF_8).length;
            if (bytes > MOST_NAME_BYTES) {
                return line;
            }
        }
        return most;
    }

    private static String text(Instant instant) {
        return TIME.format(instant);
    }

    private static String text(Money money) {
        return money.amount().toPlainString() + " " + money.currency();
    }

    /** Removes what could change the meaning of the text around a text of others. */
    private static String onOneLine(String foreign) {
        var line = BREAKS.matcher(foreign).replaceAll(" ");
        return DIRECTIONS.matcher(line).replaceAll("").strip();
    }

    /** Keeps the letters of a text that is read from right to left from moving what follows it in plain text, such as an amount. */
    private static String isolated(String text) {
        return Bidi.requiresBidi(text.toCharArray(), 0, text.length()) ? "\u2068" + text + "\u2069" : text;
    }

    /**
     * A line of an order.
     *
     * @param price    of a unit, before the discount
     * @param discount of a unit; zero if there is none
     */
    private record Line(String name, int quantity, Money price, Money discount, Money amount) {

        private static Line of(OrderLine line) {
            var none = Money.zero(line.unitPrice().currency());
            return new Line(onOneLine(line.name()), line.quantity(), line.unitPrice(), none, line.amount());
        }

        private static Line of(PricedOrderLine line) {
            return new Line(onOneLine(line.name()), line.quantity(), line.listPrice(), line.discount(), line.amount());
        }

        private boolean isDiscounted() {
            return discount.amount().signum() != 0;
        }

        /** A map, because the templates' expressions cannot read a private record. */
        private Map<String, Object> facts() {
            var facts = new HashMap<String, Object>();
            facts.put("name", name);
            facts.put("isolatedName", isolated(name));
            facts.put("quantity", Integer.toString(quantity));
            facts.put("price", text(price));
            facts.put("amount", text(amount));
            if (isDiscounted()) {
                facts.put("discount", text(discount));
            }
            return facts;
        }
    }
}
