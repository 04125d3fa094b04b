package dev.orderflow.sandbox.mail;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.jspecify.annotations.Nullable;

/** Recorded headers of an e-mail, unfolded (RFC 5322); of several with the same name the first. */
final class MailHeaders {

    private static final String SUBJECT = "subject";
    private static final String ORDER_ID = "x-order-id";
    private static final String STATUS = "x-order-status";
    private static final String MESSAGE_ID = "message-id";
    private static final Set<String> KEPT = Set.of(SUBJECT, ORDER_ID, STATUS, MESSAGE_ID);

    /** Maximum length of a header; longer ones are cut off, so that many e-mails fit a page. */
    private static final int LONGEST = 500;

    /** Limits of the parser. RFC 5322 allows lines of 1,000 bytes; some e-mails have longer ones. */
    private static final MimeConfig LIMITS = MimeConfig.custom()
            .setMaxLineLen(4_000)
            .setMaxHeaderLen(10_000)
            .setMaxHeaderCount(1_000)
            .build();

    private final Map<String, String> values = new TreeMap<>();

    private MailHeaders() {}

    /**
     * Reads up to the body, perhaps a few kilobytes more.
     *
     * @throws MimeException when headers are too many or too long
     */
    static MailHeaders read(InputStream mail) throws MimeException, IOException {
        var headers = new MailHeaders();
        var tokens = new MimeTokenStream(LIMITS);
        tokens.parse(mail);
        for (var token = tokens.getState(); !isEnd(token); token = tokens.next()) {
            if (token == EntityState.T_FIELD) {
                var field = tokens.getField();
                headers.keep(field.getName().toLowerCase(Locale.ROOT), field.getBody());
            }
        }
        return headers;
    }

    Mail mailTo(String recipient) {
        return new Mail(recipient, subject(), value(ORDER_ID), value(STATUS), value(MESSAGE_ID));
    }

    private void keep(String name, String value) {
        if (KEPT.contains(name)) {
            values.putIfAbsent(name, value.strip());
        }
    }

    /** Returns the subject with its encoded words (RFC 2047) decoded. */
    private @Nullable String subject() {
        var encoded = values.get(SUBJECT);
        return encoded == null ? null : cut(DecoderUtil.decodeEncodedWords(encoded, DecodeMonitor.SILENT));
    }

    private @Nullable String value(String name) {
        var value = values.get(name);
        return value == null ? null : cut(value);
    }

    private static String cut(String value) {
        return value.substring(0, Math.min(LONGEST, value.length()));
    }

    private static boolean isEnd(EntityState token) {
        return token == EntityState.T_END_HEADER || token == EntityState.T_END_OF_STREAM;
    }
}
