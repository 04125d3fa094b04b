package dev.orderflow.sandbox.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.SignedJWT;
import dev.orderflow.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeysTests {

    @TempDir
    Path data;

    @Test
    void aRestartKeepsTheKey() throws Exception {
        var before = tokenOfOneRun();

        try (var again = Sandbox.start(data)) {
            var issuer = new TokenClient(again);
            assertThat(IssuerTests.isSignedBy(issuer.publishedKeys(), before)).isTrue();
            assertThat(issuer.token("shop").getHeader().getKeyID())
                    .isEqualTo(before.getHeader().getKeyID());
        }
    }

    @Test
    void aReplacedKeyVerifiesAndNoLongerSigns() throws Exception {
        var before = tokenOfOneRun();
        Files.move(keys().resolve(SigningKeys.CURRENT), keys().resolve(SigningKeys.PREVIOUS));

        try (var again = Sandbox.start(data)) {
            var issuer = new TokenClient(again);
            var published = issuer.publishedKeys();
            var after = issuer.token("shop");

            assertThat(published.getKeys()).hasSize(2).noneMatch(JWK::isPrivate);
            assertThat(IssuerTests.isSignedBy(published, before)).isTrue();
            assertThat(IssuerTests.isSignedBy(published, after)).isTrue();
            assertThat(after.getHeader().getKeyID())
                    .isNotEqualTo(before.getHeader().getKeyID());
        }
    }

    @Test
    void startsAtOnceAgreeOnOneKey() throws Exception {
        var starts = 8;
        var together = new CyclicBarrier(starts);
        Callable<SigningKeys> start = () -> {
            together.await();
            return SigningKeys.in(keys());
        };

        try (var threads = Executors.newFixedThreadPool(starts)) {
            var ids = threads
                    .invokeAll(Stream.generate(() -> start).limit(starts).toList())
                    .stream()
                    .map(future -> future.resultNow().current().getKeyID())
                    .collect(Collectors.toSet());

            assertThat(ids).hasSize(1);
        }
        assertThat(Files.list(keys())).containsExactly(keys().resolve(SigningKeys.CURRENT));
    }

    @Test
    void onlyTheOwnerReadsKeys() throws IOException {
        SigningKeys.in(keys());

        assertThat(permissions(keys())).isEqualTo("rwx------");
        assertThat(permissions(keys().resolve(SigningKeys.CURRENT))).isEqualTo("rw-------");
    }

    @Test
    void aKeyThatOthersCouldReadIsProtected() throws IOException {
        SigningKeys.in(keys());
        var file = keys().resolve(SigningKeys.CURRENT);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));

        SigningKeys.in(keys());

        assertThat(permissions(file)).isEqualTo("rw-------");
    }

    @Test
    void aDamagedKeyIsNamedAndNotReplaced() throws IOException {
        Files.createDirectories(keys());
        var file = keys().resolve(SigningKeys.CURRENT);
        Files.writeString(file, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");

        assertThatIllegalStateException()
                .isThrownBy(() -> SigningKeys.in(keys()))
                .withMessageStartingWith(file + " is no RSA key of 2048 bits or more");
        assertThat(file).content().contains("AAAA");
    }

    private SignedJWT tokenOfOneRun() {
        try (var sandbox = Sandbox.start(data)) {
            return new TokenClient(sandbox).token("shop");
        }
    }

    private Path keys() {
        return data.resolve("keys");
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
