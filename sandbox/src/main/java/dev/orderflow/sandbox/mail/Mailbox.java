package dev.orderflow.sandbox.mail;

import dev.orderflow.sandbox.SandboxProperties;
import dev.orderflow.sandbox.journal.Journal;
import dev.orderflow.sandbox.web.Page;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import org.springframework.stereotype.Component;

/** All mails ever taken in. They stay in the file and are read from there, so that their number costs no heap. */
@Component
class Mailbox {

    private final Journal<Mail> journal;

    Mailbox(SandboxProperties properties) {
        this.journal = Journal.open(properties.data().resolve("mails.jsonl"), Mail.class);
    }

    /** Remembers {@code mail}: when this returns, it survives a kill. */
    void add(Mail mail) {
        journal.append(mail);
    }

    Page<Mail> list(int limit, int offset) {
        return new Page<>(journal.read(offset, limit), journal.size());
    }

    @PreDestroy
    void close() throws IOException {
        journal.close();
    }
}
