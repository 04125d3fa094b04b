package dev.orderflow.eventing.signatures;

import static dev.orderflow.eventing.signatures.SignedRecords.EXPIRED;
import static dev.orderflow.eventing.signatures.SignedRecords.KEY;
import static dev.orderflow.eventing.signatures.SignedRecords.STRANGER;
import static dev.orderflow.eventing.signatures.SignedRecords.copy;
import static dev.orderflow.eventing.signatures.SignedRecords.data;
import static dev.orderflow.eventing.signatures.SignedRecords.paid;
import static dev.orderflow.eventing.signatures.SignedRecords.record;
import static dev.orderflow.eventing.signatures.SignedRecords.set;
import static dev.orderflow.eventing.signatures.SignedRecords.signature;
import static dev.orderflow.eventing.signatures.SignedRecords.signed;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Ways to forge an event that pays 7, and what its dead letter says. */
enum Forgery {
    WRONG_SOURCE("ce_source is stranger, but test-bills belongs to bills"),
    OTHER_KEY("refused, unknown_key"),
    KEY_OF_ANOTHER_SOURCE("refused, unknown_key"),
    IMPOSTOR("refused, altered"),
    EXPIRED_KEY("refused, expired_key"),
    ALTERED_DATA("refused, altered"),
    NO_DATA("refused, altered"),
    MOVED_KEY("refused, altered"),
    MOVED_TOPIC("refused, altered"),
    UNSIGNED("refused, unsigned"),
    NO_ALGORITHM("refused, algorithm"),
    TRUNCATED("refused, "),
    TRUNCATED_PROOF("refused, malformed"),
    OVERSIZED("refused, malformed"),
    OVERSIZED_PROOF("refused, malformed"),
    MANY_HEADERS("refused, malformed");

    final String reason;

    Forgery(String reason) {
        this.reason = reason;
    }

    ProducerRecord<String, byte[]> of(String bill) {
        var paid = signed(KEY, paid(bill));
        switch (this) {
            case WRONG_SOURCE -> {
                return signed(STRANGER, record(BillEvent.BILLS, "test.bill.paid.v1", "stranger", bill));
            }
            case OTHER_KEY -> {
                return signed(TestKey.create(), paid(bill));
            }
            case KEY_OF_ANOTHER_SOURCE -> {
                return signed(STRANGER, paid(bill));
            }
            case IMPOSTOR -> {
                var stolen = new SigningKey(KEY.id(), STRANGER.signing().key());
                return signed(stolen, paid(bill));
            }
            case EXPIRED_KEY -> {
                return signed(EXPIRED, paid(bill));
            }
            case ALTERED_DATA -> {
                return copy(paid, paid.topic(), bill, data(bill, 1));
            }
            case NO_DATA -> {
                return copy(paid, paid.topic(), bill, null);
            }
            case MOVED_KEY -> {
                return copy(paid, paid.topic(), UUID.randomUUID().toString(), paid.value());
            }
            case MOVED_TOPIC -> {
                var reminded = signed(KEY, record(BillEvent.REMINDERS, "test.bill.reminded.v1", "bills", bill));
                return copy(reminded, BillEvent.BILLS, bill, reminded.value());
            }
            case UNSIGNED -> {
                return paid(bill);
            }
            case NO_ALGORITHM -> {
                var header = "{\"alg\":\"none\",\"b64\":false,\"crit\":[\"b64\"],\"kid\":\"" + KEY.id() + "\"}";
                set(
                        paid,
                        SignedContent.SIGNATURE,
                        Base64.getUrlEncoder().encodeToString(header.getBytes(UTF_8)) + "..");
            }
            case TRUNCATED -> set(paid, SignedContent.SIGNATURE, signature(paid).substring(0, 150));
            case TRUNCATED_PROOF -> set(paid, SignedContent.PROOF, "AAAA");
            case OVERSIZED -> set(paid, SignedContent.SIGNATURE, "x".repeat(100_000));
            case OVERSIZED_PROOF -> set(paid, SignedContent.PROOF, "A".repeat(100_000));
            case MANY_HEADERS -> {
                for (var number = 0; number < 1_000_000; number++) {
                    paid.headers().add(number < 500_000 ? "ce_z" : "ce_a", null);
                }
            }
        }
        return paid;
    }
}
