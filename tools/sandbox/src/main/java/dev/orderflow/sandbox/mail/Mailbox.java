package dev.orderflow.sandbox.mail;

import dev.orderflow.sandbox.SandboxProperties;
import dev.orderflow.sandbox.journal.Journal;
import dev.orderflow.sandbox.journal.NameIndex;
import dev.orderflow.sandbox.web.Page;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import org.springframework.stereotype.Component;

/**
 * All e-mails ever received. They are read from the file, so their number costs little heap.
 * <p>
 * Like mail stores with duplicate delivery suppression, it lists one e-mail per recipient and {@code Message-ID};
 * repetitions are listed separately.
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

    /** Records {@code mail}, which survives a kill once this method has returned. */
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

    /** Returns the e-mails that their recipient had already received. */
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

    /** Returns a key that is the same for the same e-mail to the same recipient. */
    private static String name(Mail mail) {
        return mail.to() + '\n' + mail.messageId();
    }

    private static Page<Mail> page(Journal<Mail> journal, int limit, int offset) {
        return new Page<>(journal.read(offset, limit), journal.size());
    }
}
