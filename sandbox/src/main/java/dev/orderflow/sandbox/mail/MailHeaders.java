package dev.orderflow.sandbox.mail;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.util.MimeUtil;
import org.jspecify.annotations.Nullable;

/** The headers of a mail, unfolded (RFC 5322); of several with the same name the first. */
final class MailHeaders {

    private final Map<String, String> values = new TreeMap<>();

    private MailHeaders() {}

    /**
     * Reads up to the body, perhaps a few kilobytes more.
     *
     * @throws MimeException when there are too many, or too long ones
     */
    static MailHeaders read(InputStream mail) throws MimeException, IOException {
        var headers = new MailHeaders();
        var tokens = new MimeTokenStream(MimeConfig.DEFAULT);
        tokens.parse(mail);
        for (var token = tokens.getState(); !isEnd(token); token = tokens.next()) {
            if (token == EntityState.T_FIELD) {
                var field = tokens.getField();
                headers.values.putIfAbsent(
                        field.getName().toLowerCase(Locale.ROOT),
                        MimeUtil.unfold(field.getBody()).strip());
            }
        }
        return headers;
    }

    Mail mailTo(String recipient) {
        return new Mail(recipient, subject(), value("x-order-id"), value("x-order-status"), value("message-id"));
    }

    /** With the characters that are encoded words on the wire (RFC 2047). */
    private @Nullable String subject() {
        var encoded = value("subject");
        return encoded == null ? null : DecoderUtil.decodeEncodedWords(encoded, DecodeMonitor.SILENT);
    }

    private @Nullable String value(String name) {
        return values.get(name);
    }

    private static boolean isEnd(EntityState token) {
        return token == EntityState.T_END_HEADER || token == EntityState.T_END_OF_STREAM;
    }
}
