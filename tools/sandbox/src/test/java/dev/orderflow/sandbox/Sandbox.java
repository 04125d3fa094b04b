package dev.orderflow.sandbox;

import dev.orderflow.sandbox.mail.SmtpSink;
import java.nio.file.Path;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Sandbox on free ports, used by tests over HTTP and SMTP only. Several may use a folder one after the other. */
public final class Sandbox implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private Sandbox(ConfigurableApplicationContext context) {
        this.context = context;
    }

    public static Sandbox start(Path data) {
        return start(data, new SpringApplicationBuilder(SandboxApplication.class));
    }

    /** Starts a sandbox with the demo's settings. */
    public static Sandbox startForDemo(Path data) {
        return start(data, new SpringApplicationBuilder(SandboxApplication.class).profiles("demo"));
    }

    private static Sandbox start(Path data, SpringApplicationBuilder application) {
        return new Sandbox(application.run(
                "--server.port=0",
                "--management.server.port=0",
                "--sandbox.smtp-port=0",
                "--sandbox.data=" + data,
                "--spring.main.banner-mode=off"));
    }

    public RestTestClient http() {
        return RestTestClient.bindToServer().baseUrl(url()).build();
    }

    public String url() {
        return "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
    }

    public ApplicationContext context() {
        return context;
    }

    public JavaMailSenderImpl mailSender() {
        var sender = new JavaMailSenderImpl();
        sender.setHost("127.0.0.1");
        sender.setPort(context.getBean(SmtpSink.class).port());
        return sender;
    }

    @Override
    public void close() {
        context.close();
    }
}
