package dev.orderflow.eventing.signatures;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orderflow.eventing.signatures.Refusal.Reason;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetachedJwsTests {

    private static final byte[] PAYLOAD = "root".getBytes(US_ASCII);

    private final TestKey key = TestKey.create();
    private final DetachedJws signed = DetachedJws.sign(key.signing(), PAYLOAD);
    private final TrustedKey trusted =
            new TrustedKey("test", key.id(), key.pair().getPublic(), null);

    @Test
    void aSignatureIsReadAsItWasWritten() {
        var read = DetachedJws.parse(signed.toBytes());

        assertThat(read.keyId()).isEqualTo(key.id());
        assertThat(read.isBy(trusted, PAYLOAD)).isTrue();
        assertThat(read.isBy(trusted, "toor".getBytes(US_ASCII))).isFalse();
        assertThat(new String(Base64.getUrlDecoder().decode(read.header()), US_ASCII))
                .isEqualTo("{\"alg\":\"EdDSA\",\"b64\":false,\"crit\":[\"b64\"],\"kid\":\"" + key.id() + "\"}");
    }

    /** Appendices A.3 and A.4 of RFC 8037, whose payload is encoded: its encoding is the payload here. */
    @Test
    void theSignatureIsThatOfTheStandard() throws Exception {
        var keys = KeyFactory.getInstance("Ed25519");
        var seed = Base64.getUrlDecoder().decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A");
        var raw = Base64.getUrlDecoder().decode("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
        var hex = HexFormat.of();
        var privateKey = keys.generatePrivate(
                new PKCS8EncodedKeySpec(hex.parseHex("302e020100300506032b657004220420" + hex.formatHex(seed))));
        var publicKey = keys.generatePublic(
                new X509EncodedKeySpec(hex.parseHex("302a300506032b6570032100" + hex.formatHex(raw))));

        assertThat(KeyId.of(publicKey)).isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
        assertThat(Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(new SigningKey("", privateKey)
                                .sign("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc".getBytes(US_ASCII))))
                .isEqualTo("hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"alg\":\"none\",\"b64\":false,\"crit\":[\"b64\"],\"kid\":\"k\"}; ALGORITHM",
                "{\"alg\":\"HS256\",\"b64\":false,\"crit\":[\"b64\"],\"kid\":\"k\"}; ALGORITHM",
                "{\"alg\":[\"EdDSA\"],\"b64\":false,\"crit\":[\"b64\"],\"kid\":\"k\"}; ALGORITHM",
                "{\"b64\":false,\"crit\":[\"b64\"],\"kid\":\"k\"}; ALGORITHM",
                "{\"alg\":\"EdDSA\",\"kid\":\"k\"}; MALFORMED",
                "{\"alg\":\"EdDSA\",\"b64\":true,\"crit\":[\"b64\"],\"kid\":\"k\"}; MALFORMED",
                "{\"alg\":\"EdDSA\",\"b64\":false,\"kid\":\"k\"}; MALFORMED",
                "{\"alg\":\"EdDSA\",\"b64\":false,\"crit\":[],\"kid\":\"k\"}; MALFORMED",
                "{\"alg\":\"EdDSA\",\"b64\":false,\"crit\":[\"b64\",\"exp\"],\"exp\":1,\"kid\":\"k\"}; MALFORMED",
                "{\"alg\":\"EdDSA\",\"b64\":false,\"crit\":[\"b64\",\"b64\"],\"kid\":\"k\"}; MALFORMED",
                "{\"alg\":\"EdDSA\",\"b64\":false,\"crit\":\"b64\",\"kid\":\"k\"}; MALFORMED",
                "{\"alg\":\"none\",\"alg\":\"EdDSA\",\"b64\":false,\"crit\":[\"b64\"],\"kid\":\"k\"}; MALFORMED",
                "{\"alg\":\"EdDSA\",\"b64\":false,\"crit\":[\"b64\"]}; MALFORMED",
                "{\"alg\":\"EdDSA\",\"b64\":false,\"crit\":[\"b64\"],\"kid\":7}; MALFORMED",
                "{} {}; MALFORMED",
                "[]; MALFORMED",
                "7; MALFORMED"
            })
    void noOtherAlgorithmOrExtensionIsAccepted(String header, Reason reason) {
        var value = Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(US_ASCII)) + "..AAAA";

        assertRefused(value, reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a.b", "a.b.c", "e30..c.d", "!..AAAA", "e30.e30.AAAA", "e30..%%%%"})
    void whatIsNoDetachedSignatureIsRefused(String value) {
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> DetachedJws.parse(value.getBytes(US_ASCII)));
    }

    @Test
    void aLongHeaderIsRefusedUnread() {
        assertRefused("x".repeat(DetachedJws.LONGEST + 1), Reason.MALFORMED);
    }

    @Test
    void aTruncatedSignatureIsNone() {
        var bytes = signed.toBytes();
        for (var length = bytes.length - 1; length > signed.header().length() + 2; length--) {
            var shorter = new String(bytes, 0, length, US_ASCII);
            try {
                assertThat(DetachedJws.parse(shorter.getBytes(US_ASCII)).isBy(trusted, PAYLOAD))
                        .as(shorter)
                        .isFalse();
            } catch (Refusal e) {
                assertThat(e.reason()).isEqualTo(Reason.MALFORMED);
            }
        }
    }

    private static void assertRefused(String value, Reason reason) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> DetachedJws.parse(value.getBytes(US_ASCII)))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }
}
