package dev.orderflow.demo.kubernetes;

import dev.orderflow.demo.process.AccessControl;
import dev.orderflow.demo.process.Addresses;
import dev.orderflow.demo.process.BrokerLogin;
import dev.orderflow.demo.process.DemoException;
import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.process.Ports;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Local ports of {@code kubectl port-forward}, which the user must have started, and the passwords in the cluster's
 * Secrets.
 */
public final class KubernetesAddresses implements Addresses {

    private final Ports ports;
    private final Kubectl kubectl;

    public KubernetesAddresses(Ports ports, Kubectl kubectl) {
        this.ports = ports;
        this.kubectl = kubectl;
    }

    @Override
    public URI uri(Part part) {
        return URI.create("http://127.0.0.1:" + ports.of(part));
    }

    @Override
    public URI managementUri(Part part) {
        return URI.create("http://127.0.0.1:" + ports.managementOf(part));
    }

    @Override
    public String jdbcUrl(Part service) {
        return "jdbc:postgresql://127.0.0.1:" + ports.of(Part.POSTGRES) + "/" + service.database();
    }

    @Override
    public String password(Part service) {
        var user = service.database();
        return kubectl.password(user)
                .orElseThrow(() -> new DemoException("The cluster has no Secret with the password of " + user + "."));
    }

    @Override
    public Optional<URI> issuer() {
        return AccessControl.isOn() ? Optional.of(uri(Part.SANDBOX)) : Optional.empty();
    }

    /** Returns a fixed port, independent of {@code KAFKA_PORT}: the broker advertises this port to its clients. */
    @Override
    public String bootstrapServers() {
        return "127.0.0.1:" + Part.KAFKA.defaultPort();
    }

    @Override
    public Map<String, String> broker() {
        var keys = kubectl.secret("kafka-keys");
        return new BrokerLogin(keys.getOrDefault(BrokerLogin.USER, ""), keys.getOrDefault("ca.crt", ""))
                .client(bootstrapServers());
    }
}
