package dev.orderflow.demo.process;

import java.util.Map;

/**
 * Login at a broker of containers or of a cluster.
 *
 * @param password of {@link #USER}
 * @param issuer of the broker's certificate, in PEM
 */
public record BrokerLogin(String password, String issuer) {

    /** User that reads everything and writes no records. */
    public static final String USER = "kafka-tools";

    /** Returns the settings of Kafka's clients. */
    public Map<String, String> client(String bootstrapServers) {
        return Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "SCRAM-SHA-512",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + USER + "\" password=\""
                        + password + "\";",
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.certificates",
                issuer);
    }

    /** Shows no password. */
    @Override
    public String toString() {
        return USER;
    }
}
