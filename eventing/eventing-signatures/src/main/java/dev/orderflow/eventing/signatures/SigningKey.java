package dev.orderflow.eventing.signatures;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.util.Optional;

/** The key that signs this application's events. */
record SigningKey(String id, PrivateKey key) {

    /** @throws InvalidKeyException if the file has no usable key */
    static SigningKey of(Path file) {
        var key = Pem.privateKey(file);
        try {
            return new SigningKey(KeyId.of(publicKeyOf((EdECPrivateKey) key)), key);
        } catch (GeneralSecurityException e) {
            throw new InvalidKeyException(file + " has a private key that cannot sign");
        }
    }

    /** Signs with Ed25519. */
    byte[] sign(byte[] input) {
        try {
            return sign(key, input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key " + id + " cannot sign", e);
        }
    }

    /**
     * Returns the public key. PKCS#8 does not contain it, and the platform derives it only for a new pair, from a seed that is taken
     * from the random numbers. A signature proves that this still holds.
     */
    private static PublicKey publicKeyOf(EdECPrivateKey key) throws GeneralSecurityException {
        var seed = Optional.of(key)
                .flatMap(EdECPrivateKey::getBytes)
                .orElseThrow(() -> new InvalidAlgorithmParameterException("no private key"));
        var generator = KeyPairGenerator.getInstance(Pem.ALGORITHM);
        generator.initialize(NamedParameterSpec.ED25519, new Seed(seed));
        var derived = generator.generateKeyPair().getPublic();
        var probe = new byte[] {1};
        var check = Signature.getInstance(Pem.ALGORITHM);
        check.initVerify(derived);
        check.update(probe);
        if (!check.verify(sign(key, probe))) {
            throw new GeneralSecurityException("another public key was derived");
        }
        return derived;
    }

    private static byte[] sign(PrivateKey key, byte[] input) throws GeneralSecurityException {
        var signature = Signature.getInstance(Pem.ALGORITHM);
        signature.initSign(key);
        signature.update(input);
        return signature.sign();
    }

    @Override
    public String toString() {
        return "SigningKey[" + id + "]";
    }

    /** Returns a given seed in place of random numbers. */
    private static final class Seed extends SecureRandom {

        private final byte[] seed;

        private Seed(byte[] seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }
}
