package dev.orderflow.eventing.signatures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemTests {

    @TempDir
    Path folder;

    private final TestKey key = TestKey.create();

    @Test
    void aPrivateKeyIsReadWithTheIdOfItsPublicKey() {
        var read = SigningKey.of(key.writePrivate(folder.resolve("key.pem")));

        assertThat(read.id()).isEqualTo(key.id());
        assertThat(read.key()).isEqualTo(key.pair().getPrivate());
        assertThat(read).hasToString("SigningKey[" + key.id() + "]");
    }

    @Test
    void publicKeysAreReadWithTheEndOfTheirTrust() {
        var other = TestKey.create();
        var file = TestKey.write(
                folder.resolve("keys.pem"),
                "# of last year\r\nNot-After:  2027-03-31T00:00:00Z\r\n" + key.publicPem() + other.publicPem());

        assertThat(Pem.publicKeys(file))
                .containsExactly(
                        new Pem.Public(key.pair().getPublic(), Instant.parse("2027-03-31T00:00:00Z")),
                        new Pem.Public(other.pair().getPublic(), null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no key", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"})
    void aFileWithoutAKeyIsRefused(String text) {
        var file = TestKey.write(folder.resolve("key.pem"), text);

        assertThatExceptionOfType(InvalidKeyException.class)
                .isThrownBy(() -> Pem.publicKeys(file))
                .withMessageContaining("key.pem");
        assertThatExceptionOfType(InvalidKeyException.class).isThrownBy(() -> SigningKey.of(file));
    }

    @Test
    void keysOfOtherAlgorithmsAreRefused() throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var rsa = generator.generateKeyPair();
        var publicFile = TestKey.write(
                folder.resolve("public.pem"),
                TestKey.pem("PUBLIC KEY", rsa.getPublic().getEncoded()));
        var privateFile = TestKey.write(
                folder.resolve("key.pem"),
                TestKey.pem("PRIVATE KEY", rsa.getPrivate().getEncoded()));

        assertThatExceptionOfType(InvalidKeyException.class)
                .isThrownBy(() -> Pem.publicKeys(publicFile))
                .withMessageEndingWith("has a public key that is not Ed25519");
        assertThatExceptionOfType(InvalidKeyException.class)
                .isThrownBy(() -> SigningKey.of(privateFile))
                .withNoCause();
    }

    @Test
    void aLargeFileIsRefused() {
        var file = TestKey.write(folder.resolve("key.pem"), " ".repeat(65_536) + key.publicPem());

        assertThatExceptionOfType(InvalidKeyException.class)
                .isThrownBy(() -> Pem.publicKeys(file))
                .withMessageContaining("larger than 65536 bytes");
    }

    @Test
    void aTimeThatIsNoneIsRefused() {
        var file = key.writePublic(folder.resolve("key.pem"), "tomorrow");

        assertThatExceptionOfType(InvalidKeyException.class)
                .isThrownBy(() -> Pem.publicKeys(file))
                .withMessageContaining("Not-After: tomorrow");
    }
}
