package dev.orderflow.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.mock.env.MockEnvironment;

/** Clients cannot choose the address that identifies them, not even in a pod. */
@SpringBootTest(
        classes = EdgeServer.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "spring.main.cloud-platform=kubernetes")
class ForwardedClientTests {

    private static final String STRATEGY = "server.forward-headers-strategy";

    @Autowired
    private EdgeServer.Probe probe;

    @Test
    void aClientDoesNotChooseItsAddress() {
        var answer =
                probe.send(HttpRequest.newBuilder(probe.uri("/things/client")).header("X-Forwarded-For", "192.0.2.1"));

        assertThat(answer.body()).contains("127.0.0.1");
    }

    @Test
    void aServiceBehindAProxyMaySayOtherwise() {
        var environment = new MockEnvironment().withProperty(STRATEGY, "native");

        new EdgeDefaults().postProcessEnvironment(environment, new SpringApplication());

        assertThat(environment.getProperty(STRATEGY)).isEqualTo("native");
        assertThat(environment.getProperty("server.tomcat.max-connections")).isEqualTo("4096");
    }
}
