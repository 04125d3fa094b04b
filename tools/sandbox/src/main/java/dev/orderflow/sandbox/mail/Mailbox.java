package dev.orderflow.sandbox.mail;

import dev.orderflow.sandbox.SandboxProperties;
import dev.orderflow.sandbox.journal.Journal;
import dev.orderflow.sandbox.journal.NameIndex;
import dev.orderflow.sandbox.web.Page;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import org.springframework.stereotype.Component;

/**
 * All mails ever taken in. They stay in the file and are read from there, so that their number costs little heap.
 * <p>
 * Like the mail stores that have duplicate delivery suppression, it shows a recipient one mail for each
 * {@code Message-ID}; what comes again is kept apart, so that repetitions can be seen.
 */
@Component
class Mailbox {

    private final Journal<Mail> mails;
    private final Journal<Mail> repetitions;
    private final NameIndex delivered = new NameIndex();

    Mailbox(SandboxProperties properties) {
        this.mails = Journal.open(properties.data().resolve("mails.jsonl"), Mail.class);
        this.repetitions = Journal.open(properties.data().resolve("repeated-mails.jsonl"), Mail.class);
        mails.forEach(this::remember);
    }

    /** Remembers {@code mail}: when this returns, it survives a kill. */
    synchronized void add(Mail mail) {
        if (mail.messageId() != null && delivered.find(name(mail)).isPresent()) {
            repetitions.append(mail);
        } else {
            remember(mail, mails.append(mail));
        }
    }

    Page<Mail> list(int limit, int offset) {
        return page(mails, limit, offset);
    }

    /** The mails that a recipient had got before. */
    Page<Mail> repeated(int limit, int offset) {
        return page(repetitions, limit, offset);
    }

    @PreDestroy
    void close() throws IOException {
        mails.close();
        repetitions.close();
    }

    private void remember(Mail mail, int number) {
        if (mail.messageId() != null) {
            delivered.put(name(mail), number);
        }
    }

    /** The same for the same mail to the same recipient. */
    private static String name(Mail mail) {
        return mail.to() + '\n' + mail.messageId();
    }

    private static Page<Mail> page(Journal<Mail> journal, int limit, int offset) {
        return new Page<>(journal.read(offset, limit), journal.size());
    }
}
