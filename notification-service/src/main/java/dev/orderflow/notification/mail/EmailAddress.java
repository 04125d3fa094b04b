package dev.orderflow.notification.mail;

import dev.orderflow.eventing.PersonalData;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address to which e-mail can be sent: {@code local@domain} with a dot-atom before the {@code @} and a host name
 * behind it, ASCII only. Stricter than RFC 5322, which also allows comments, quoted strings and groups. Without them,
 * an address cannot contain a second recipient or a second header.
 * <p>
 * An invalid address is never repaired: the result could belong to somebody else.
 */
record EmailAddress(
        @PersonalData(value = "recipient of an e-mail", kept = "while it is sent", erased = "not stored")
        String value) {

    /** RFC 5321 allows 254; the column holds 200. */
    static final int MAX_LENGTH = 200;

    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final Pattern ADDRESS =
            Pattern.compile("(?=[^@]{1,64}@)" + ATOM + "(?:\\." + ATOM + ")*@" + LABEL + "(?:\\." + LABEL + ")*");

    EmailAddress {
        if (!isAddress(value)) {
            throw new IllegalArgumentException("not an e-mail address");
        }
    }

    /**
     * Returns the customer's mailbox at {@code domain}, of which the id is the name or the whole address. Empty if that is
     * not valid, or the id is an address of another domain: a client that chooses ids could have mail sent to anybody.
     * order-service has the same rule for customers without a verified address.
     */
    static Optional<EmailAddress> of(String customerId, String domain) {
        var candidate = customerId.contains("@") ? customerId : customerId + "@" + domain;
        return Optional.of(candidate)
                .filter(EmailAddress::isAddress)
                .map(EmailAddress::new)
                .filter(address -> address.domain().equalsIgnoreCase(domain));
    }

    /** Leaves out the address, so that no log and no message of an exception can show it. */
    @Override
    public String toString() {
        return "EmailAddress";
    }

    String domain() {
        return value.substring(value.indexOf('@') + 1);
    }

    static boolean isAddress(String text) {
        return text.length() <= MAX_LENGTH && ADDRESS.matcher(text).matches();
    }
}
