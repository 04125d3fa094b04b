package dev.orderflow.notification.mail;

/**
 * The text of an e-mail.
 *
 * @param subject one line of at most {@value #MAX_SUBJECT_LENGTH} characters
 * @param body    plain text
 */
record MailText(String subject, String body) {

    /** Length of the column of a subject. */
    static final int MAX_SUBJECT_LENGTH = 200;

    MailText {
        if (subject.isBlank() || subject.length() > MAX_SUBJECT_LENGTH) {
            throw new IllegalArgumentException("a subject has 1 to " + MAX_SUBJECT_LENGTH + " characters");
        }
        if (subject.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a subject is one line: anything after it would become a header");
        }
    }
}
