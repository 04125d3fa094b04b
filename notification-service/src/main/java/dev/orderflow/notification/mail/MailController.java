package dev.orderflow.notification.mail;

import dev.orderflow.edge.security.AccessControl;
import java.util.List;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists the e-mails about an order for an operator of its tenant. */
@RestController
@RequestMapping(path = "/api/mails", produces = MediaType.APPLICATION_JSON_VALUE)
class MailController {

    private final MailRepository mails;
    private final AccessControl access;

    MailController(MailRepository mails, AccessControl access) {
        this.mails = mails;
        this.access = access;
    }

    /** Returns an empty list for an order without e-mails: this service does not know whether the order exists. */
    @GetMapping
    MailList ofOrder(@RequestParam UUID orderId) {
        return new MailList(mails.ofOrder(orderId, access.caller().tenant()));
    }

    record MailList(List<MailEntry> items) {}
}
