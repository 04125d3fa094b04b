package dev.orderflow.sandbox.mail;

import dev.orderflow.sandbox.web.Page;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists the received e-mails, oldest first. */
@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
class MailController {

    private final Mailbox mailbox;

    MailController(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    @GetMapping("/sandbox/mails")
    Page<Mail> list(
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(defaultValue = "0") @Min(0) int offset) {
        return mailbox.list(limit, offset);
    }

    /**
     * Lists e-mails received again with the same {@code Message-ID}, as from a sender that died before it recorded the
     * first.
     */
    @GetMapping("/sandbox/mails/repeated")
    Page<Mail> repeated(
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(defaultValue = "0") @Min(0) int offset) {
        return mailbox.repeated(limit, offset);
    }
}
