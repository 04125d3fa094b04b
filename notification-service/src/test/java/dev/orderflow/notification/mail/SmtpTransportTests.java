package dev.orderflow.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orderflow.local.Authority;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.core.io.ClassPathResource;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * The mail servers that get a password and e-mails, with the settings of production: those with TLS, a trusted issuer and
 * their own name.
 */
class SmtpTransportTests {

    @TempDir
    private static Path folder;

    private static Authority trusted;

    @BeforeAll
    static void createAuthority() {
        trusted = Authority.create(folder.resolve("trusted"));
    }

    @Test
    void aVerifiedServerGetsThePasswordOverTls() throws Exception {
        try (var server = new SecuredSmtpServer("127.0.0.1", certified(trusted))) {
            send(server);

            assertThat(server.plain()).containsExactly("EHLO", "STARTTLS");
            assertThat(server.secured()).startsWith("EHLO", "AUTH", "MAIL");
        }
    }

    @Test
    void aServerWithoutTlsGetsNothing() throws Exception {
        try (var server = new SecuredSmtpServer("127.0.0.1", null)) {
            assertThatExceptionOfType(MessagingException.class).isThrownBy(() -> send(server));

            assertThat(server.plain()).startsWith("EHLO").doesNotContain("AUTH", "MAIL");
        }
    }

    @Test
    void aServerOfAnUnknownIssuerGetsNothing() throws Exception {
        var unknown = Authority.create(folder.resolve("unknown"));
        try (var server = new SecuredSmtpServer("127.0.0.1", certified(unknown))) {
            assertThatExceptionOfType(MessagingException.class).isThrownBy(() -> send(server));

            assertThat(server.plain()).doesNotContain("AUTH", "MAIL");
            assertThat(server.secured()).isEmpty();
        }
    }

    /** The certificate names 127.0.0.1. */
    @Test
    void aServerWithTheCertificateOfAnotherHostGetsNothing() throws Exception {
        try (var server = new SecuredSmtpServer("127.0.0.2", certified(trusted))) {
            assertThatExceptionOfType(MessagingException.class).isThrownBy(() -> send(server));

            assertThat(server.plain()).doesNotContain("AUTH", "MAIL");
            assertThat(server.secured()).doesNotContain("AUTH", "MAIL");
        }
    }

    private static void send(SecuredSmtpServer server) throws Exception {
        var sender = new JavaMailSenderImpl();
        sender.setHost(server.host());
        sender.setPort(server.port());
        sender.setUsername("shop");
        sender.setPassword("secret");
        sender.setJavaMailProperties(properties());
        var message = sender.createMimeMessage();
        message.setFrom("orders@example.com");
        message.setRecipients(RecipientType.TO, "17850@example.com");
        message.setText("text");
        try (var connections = new SmtpConnections(sender)) {
            connections.send(message);
        }
    }

    /** The service's own settings, those of the production overlay, and the issuer that this test trusts. */
    private static Properties properties() throws Exception {
        var properties = new Properties();
        var prefix = "spring.mail.properties.";
        for (var source :
                new YamlPropertySourceLoader().load("application", new ClassPathResource("application.yml"))) {
            if (source.getSource() instanceof Map<?, ?> map) {
                map.keySet().stream()
                        .map(Object::toString)
                        .filter(name -> name.startsWith(prefix))
                        .forEach(name -> properties.setProperty(
                                name.substring(prefix.length()), String.valueOf(source.getProperty(name))));
            }
        }
        assertThat(properties).containsEntry("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.smtp.auth", "true");
        properties.setProperty("mail.smtp.starttls.enable", "true");
        properties.setProperty("mail.smtp.starttls.required", "true");
        properties.put(
                "mail.smtp.ssl.socketFactory",
                context(
                                null,
                                PemSslStoreDetails.forCertificate(
                                        trusted.certificate().toUri().toString()))
                        .getSocketFactory());
        return properties;
    }

    private static SSLContext certified(Authority issuer) {
        var issued = issuer.issue("mail");
        return context(PemSslStoreDetails.forCertificate(issued.chain()).withPrivateKey(issued.key()), null);
    }

    private static SSLContext context(@Nullable PemSslStoreDetails keys, @Nullable PemSslStoreDetails trust) {
        return SslBundle.of(new PemSslStoreBundle(keys, trust)).createSslContext();
    }
}
