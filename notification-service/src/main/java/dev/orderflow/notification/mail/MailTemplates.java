package dev.orderflow.notification.mail;

import dev.orderflow.events.notification.LowStockNoticed;
import dev.orderflow.events.order.OrderEvent;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/**
 * Writes e-mails from the templates in {@code templates/mail}, two per {@link OrderStatus} and two about stock. The one of the plain
 * text consists of a subject line, an empty line, and the text, like an e-mail. The one of the HTML says the same, escaped.
 * <p>
 * The locale is fixed: the same event gives the same e-mail on every host. Thread-safe.
 */
@Component
class MailTemplates {

    private static final String SUBJECT = "Subject: ";

    private final TemplateEngine plain = engine(".txt", TemplateMode.TEXT);
    private final TemplateEngine html = engine(".html", TemplateMode.HTML);

    /** Writes the e-mail about {@code event}, which does not name points. */
    MailText write(OrderEvent event) {
        return write(event, 0);
    }

    /**
     * Writes the e-mail about {@code event}.
     *
     * @param points that the order has earned, as far as is known
     */
    MailText write(OrderEvent event, long points) {
        var status = OrderStatus.after(event);
        return write(status.name().toLowerCase(Locale.ROOT), MailFacts.of(event, points));
    }

    /** Writes the e-mail about a product with low stock. */
    MailText write(LowStockNoticed noticed) {
        return write("low-stock", MailFacts.of(noticed));
    }

    private MailText write(String template, Map<String, Object> facts) {
        var context = new Context(MailFacts.LOCALE, facts);
        var parts = plain.process(template, context).split("\n\n", 2);
        if (parts.length != 2 || !parts[0].startsWith(SUBJECT)) {
            throw new IllegalStateException(
                    "the template " + template + " must begin with \"Subject: \" and an empty line");
        }
        var subject = parts[0].substring(SUBJECT.length());
        context.setVariable("subject", subject);
        return new MailText(subject, parts[1], html.process(template, context));
    }

    private static TemplateEngine engine(String suffix, TemplateMode mode) {
        var resolver = new ClassLoaderTemplateResolver(MailTemplates.class.getClassLoader());
        resolver.setPrefix("templates/mail/");
        resolver.setSuffix(suffix);
        resolver.setTemplateMode(mode);
        resolver.setCharacterEncoding("UTF-8");
        var engine = new TemplateEngine();
        engine.setTemplateResolver(resolver);
        return engine;
    }
}
