package dev.orderflow.notification.mail;

/**
 * The text of an e-mail, in two forms that say the same.
 *
 * @param subject one line of at most {@value #MAX_SUBJECT_LENGTH} characters
 * @param plain   plain text
 * @param html    an HTML document, for clients that show one
 */
record MailText(String subject, String plain, String html) {

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
