package dev.orderflow.order.grpc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Messages of any bytes. */
final class RawMessages implements MethodDescriptor.Marshaller<byte[]> {

    /** Returns the method with messages of any bytes. */
    static MethodDescriptor<byte[], byte[]> of(MethodDescriptor<?, ?> method) {
        return method.toBuilder(new RawMessages(), new RawMessages()).build();
    }

    /** Returns the code points of {@code text}, which are less than 256, as bytes. */
    static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    @Override
    public InputStream stream(byte[] message) {
        return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream stream) {
        try {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
