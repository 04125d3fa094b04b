package dev.orderflow.notification.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Collects the e-mails that one transaction records, until just before its commit. */
class SentMails implements TransactionSynchronization {

    private final Consumer<List<SentMail>> writer;
    private final List<SentMail> mails = new ArrayList<>();

    private SentMails(Consumer<List<SentMail>> writer) {
        this.writer = writer;
    }

    /**
     * Returns the e-mails of the current transaction; {@code writer} writes them before the commit.
     *
     * @throws IllegalStateException without a transaction
     */
    static SentMails ofTransaction(Consumer<List<SentMail>> writer) {
        for (var synchronization : TransactionSynchronizationManager.getSynchronizations()) {
            if (synchronization instanceof SentMails mails) {
                return mails;
            }
        }
        var mails = new SentMails(writer);
        TransactionSynchronizationManager.registerSynchronization(mails);
        return mails;
    }

    void add(SentMail mail) {
        mails.add(mail);
    }

    @Override
    public void beforeCommit(boolean readOnly) {
        writer.accept(mails);
    }
}
