package dev.orderflow.eventing.signatures;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.orderflow.eventing.wire.EventSigner;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Signs events that are sent together by one signature of the root of their {@link HashTree}. Thread-safe. */
class TreeSigner implements EventSigner {

    /** Events of one tree: twelve steps to the root. */
    static final int MOST_LEAVES = 4_096;

    private final Refreshed<SigningKey> key;

    TreeSigner(Refreshed<SigningKey> key) {
        this.key = key;
    }

    @Override
    public List<List<Header>> sign(List<Event> events) {
        var signed = new ArrayList<List<Header>>(events.size());
        for (var from = 0; from < events.size(); from += MOST_LEAVES) {
            signTree(events.subList(from, Math.min(events.size(), from + MOST_LEAVES)), signed);
        }
        return signed;
    }

    private void signTree(List<Event> events, List<List<Header>> signed) {
        var content = new SignedContent(HashTree.sha256(), Integer.MAX_VALUE);
        var leaves = new ArrayList<byte[]>(events.size());
        var contents = new ArrayList<List<Header>>(events.size());
        for (var event : events) {
            var headers = SignedContent.signed(event.headers(), Integer.MAX_VALUE);
            contents.add(headers);
            leaves.add(content.hash(event.topic(), event.key(), headers, event.data()));
        }
        var tree = new HashTree(leaves);
        var signature = new RecordHeader(
                SignedContent.SIGNATURE,
                DetachedJws.sign(key.get(), tree.root()).toBytes());
        for (var index = 0; index < events.size(); index++) {
            signed.add(headers(events.get(index), contents.get(index), signature, tree.proof(index)));
        }
    }

    /** Returns the signed headers by name, so that verifying need not sort them, and all others after them. */
    private static List<Header> headers(Event event, List<Header> content, Header signature, byte[] proof) {
        var headers = new ArrayList<Header>(content.size() + 4);
        headers.addAll(content);
        headers.add(signature);
        if (proof.length > 0) {
            headers.add(new RecordHeader(
                    SignedContent.PROOF,
                    Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(proof)
                            .getBytes(US_ASCII)));
        }
        for (var header : event.headers()) {
            if (!SignedContent.isSigned(header.key()) && !SignedContent.isSignature(header.key())) {
                headers.add(header);
            }
        }
        return headers;
    }
}
