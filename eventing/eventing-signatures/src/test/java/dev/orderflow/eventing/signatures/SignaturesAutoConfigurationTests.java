package dev.orderflow.eventing.signatures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.eventing.WiringTests;
import dev.orderflow.eventing.wire.EventSigner;
import dev.orderflow.eventing.wire.EventVerifier;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignaturesAutoConfigurationTests extends WiringTests {

    @TempDir
    Path folder;

    private final TestKey key = TestKey.create();

    SignaturesAutoConfigurationTests() {
        super(SignaturesAutoConfiguration.class);
    }

    @Test
    void withoutKeysNothingIsSignedOrVerified() {
        consumer().run(context -> {
            assertThat(context.getBean(EventSigner.class)).isSameAs(EventSigner.NONE);
            assertThat(context.getBean(EventVerifier.Factory.class).create()).isSameAs(EventVerifier.NONE);
        });
    }

    @Test
    void keysTurnSigningAndVerifyingOn() {
        var privateKey = key.writePrivate(folder.resolve("key.pem"));
        key.writePublic(folder.resolve("trusted/billing.pem"));

        consumer()
                .withPropertyValues(
                        "eventing.signatures.key=" + privateKey,
                        "eventing.signatures.trusted.billing=" + folder.resolve("trusted"),
                        "eventing.signatures.topics.bills=require")
                .run(context -> {
                    assertThat(context.getBean(EventSigner.class)).isInstanceOf(TreeSigner.class);
                    var verifier = context.getBean(EventVerifier.Factory.class).create();
                    assertThat(verifier.isRequired("bills")).isTrue();
                    assertThat(verifier.isRequired("parcels")).isFalse();
                });
    }

    @Test
    void aKeyThatCannotBeReadFailsTheStart() {
        consumer()
                .withPropertyValues("eventing.signatures.key=" + folder.resolve("missing.pem"))
                .run(context -> assertThatThrownBy(() -> context.getBean(EventSigner.class))
                        .hasStackTraceContaining("missing.pem"));
        consumer()
                .withPropertyValues("eventing.signatures.trusted.billing=" + folder.resolve("missing"))
                .run(context -> assertThatThrownBy(() -> context.getBean(EventVerifier.Factory.class))
                        .hasStackTraceContaining("missing"));
    }

    /** A restart after the last key of a source was deleted. */
    @Test
    void anEmptyFolderHasNoTrustedKey() {
        consumer()
                .withPropertyValues("eventing.signatures.trusted.billing=" + folder)
                .run(context -> assertThat(
                                context.getBean(EventVerifier.Factory.class).create())
                        .isInstanceOf(TreeVerifier.class));
    }

    /** It would refuse everything. */
    @Test
    void requiringSignaturesWithoutKeysFailsTheStart() {
        consumer()
                .withPropertyValues("eventing.signatures.verify=require")
                .run(context -> assertThatThrownBy(() -> context.getBean(EventVerifier.Factory.class))
                        .hasStackTraceContaining("trusted must name the keys of at least one source"));
    }
}
