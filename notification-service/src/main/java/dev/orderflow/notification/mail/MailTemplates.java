package dev.orderflow.notification.mail;

import dev.orderflow.events.Money;
import dev.orderflow.events.notification.LowStockNoticed;
import dev.orderflow.events.order.OrderCancelled;
import dev.orderflow.events.order.OrderDelivered;
import dev.orderflow.events.order.OrderEvent;
import dev.orderflow.events.order.OrderLine;
import dev.orderflow.events.order.OrderPaid;
import dev.orderflow.events.order.OrderPlaced;
import dev.orderflow.events.order.OrderPlacedV2;
import dev.orderflow.events.order.OrderReserved;
import dev.orderflow.events.order.OrderShipped;
import dev.orderflow.events.order.OrderUnpaid;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/**
 * Writes e-mails from the templates in {@code templates/mail}, one per {@link OrderStatus} and one about stock. Like an e-mail, a template
 * consists of a subject line, an empty line, and the body.
 * <p>
 * The locale is fixed: the same event gives the same e-mail on every host. Thread-safe.
 */
@Component
class MailTemplates {

    private static final Locale LOCALE = Locale.UK;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMMM yyyy 'at' HH:mm 'UTC'", LOCALE).withZone(ZoneOffset.UTC);
    private static final String SUBJECT = "Subject: ";

    private final TemplateEngine engine = new TemplateEngine();

    MailTemplates() {
        var resolver = new ClassLoaderTemplateResolver(MailTemplates.class.getClassLoader());
        resolver.setPrefix("templates/mail/");
        resolver.setSuffix(".txt");
        resolver.setTemplateMode(TemplateMode.TEXT);
        resolver.setCharacterEncoding("UTF-8");
        engine.setTemplateResolver(resolver);
    }

    /** Writes the e-mail about {@code event}. The event contains all data of the e-mail, so nothing is looked up. */
    MailText write(OrderEvent event) {
        var context = new Context(LOCALE, variablesOf(event));
        context.setVariable("orderId", event.orderId());
        var status = OrderStatus.after(event);
        var template = status.name().toLowerCase(Locale.ROOT);
        return split(engine.process(template, context), template);
    }

    /** Writes the e-mail about a product with low stock. */
    MailText write(LowStockNoticed noticed) {
        var context = new Context(
                LOCALE,
                Map.of(
                        "sku", noticed.sku(),
                        "available", Long.toString(noticed.available()),
                        "threshold", Long.toString(noticed.threshold()),
                        "at", text(noticed.at())));
        return split(engine.process("low-stock", context), "low-stock");
    }

    private static Map<String, Object> variablesOf(OrderEvent event) {
        return switch (event) {
            case OrderPlacedV2 placed -> variablesOf(placed.toV1());
            case OrderPlaced placed ->
                Map.of(
                        "at", text(placed.at()),
                        "total", text(placed.total()),
                        "lines",
                                placed.lines().stream().map(MailTemplates::text).toList());
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
            case OrderCancelled cancelled ->
                Map.of("at", text(cancelled.at()), "reason", cancelled.reason().name());
        };
    }

    private static String text(Instant instant) {
        return TIME.format(instant);
    }

    private static String text(Money money) {
        return money.amount().toPlainString() + " " + money.currency();
    }

    private static String text(OrderLine line) {
        return line.quantity() + " x " + onOneLine(line.name()) + ", " + text(line.amount());
    }

    /** Removes line breaks from a text of others, which could otherwise imitate other lines of the e-mail. */
    private static String onOneLine(String foreign) {
        return foreign.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]+", " ").strip();
    }

    private static MailText split(String rendered, String template) {
        var parts = rendered.split("\n\n", 2);
        if (parts.length != 2 || !parts[0].startsWith(SUBJECT)) {
            throw new IllegalStateException(
                    "the template " + template + " must begin with \"Subject: \" and an empty line");
        }
        return new MailText(parts[0].substring(SUBJECT.length()), parts[1]);
    }
}
