package dev.orderflow.system;

import dev.orderflow.local.Authority;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** The certificates that local servers present, verified by their issuer. */
final class ServedCertificate {

    private static final String HOST = "127.0.0.1";
    /** Length and code of PostgreSQL's request to continue with TLS. */
    private static final int[] SSL_REQUEST = {8, 80877103};

    private ServedCertificate() {}

    static Certificate ofBroker(int port, Authority issuer) throws IOException, GeneralSecurityException {
        try (var socket = new Socket(InetAddress.getByName(HOST), port)) {
            return handshake(socket, port, issuer);
        }
    }

    static Certificate ofPostgres(int port, Authority issuer) throws IOException, GeneralSecurityException {
        try (var socket = new Socket(InetAddress.getByName(HOST), port)) {
            var request = new DataOutputStream(socket.getOutputStream());
            for (var word : SSL_REQUEST) {
                request.writeInt(word);
            }
            if (new DataInputStream(socket.getInputStream()).readByte() != 'S') {
                throw new IOException("PostgreSQL offers no TLS");
            }
            return handshake(socket, port, issuer);
        }
    }

    private static Certificate handshake(Socket socket, int port, Authority issuer)
            throws IOException, GeneralSecurityException {
        try (var secured = (SSLSocket) context(issuer).getSocketFactory().createSocket(socket, HOST, port, true)) {
            secured.startHandshake();
            return secured.getSession().getPeerCertificates()[0];
        }
    }

    private static SSLContext context(Authority issuer) throws IOException, GeneralSecurityException {
        var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (var file = Files.newInputStream(issuer.certificate())) {
            trusted.setCertificateEntry(
                    "issuer", CertificateFactory.getInstance("X.509").generateCertificate(file));
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
