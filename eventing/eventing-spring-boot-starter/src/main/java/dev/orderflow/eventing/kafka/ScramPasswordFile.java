package dev.orderflow.eventing.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.scram.ScramExtensionsCallback;
import org.jspecify.annotations.Nullable;

/**
 * SASL/SCRAM credentials whose password is the content of a file. Kafka's clients otherwise keep the password that they start
 * with; this class reads the file at every authentication, so that a new password takes effect without a restart.
 * <p>
 * Set {@code sasl.client.callback.handler.class} to this class, and the options {@code username} and {@code passwordFile} of
 * {@code ScramLoginModule} in {@code sasl.jaas.config}. One line end after the password is ignored. A connection whose file
 * cannot be read fails to authenticate; clients try again.
 */
public class ScramPasswordFile implements AuthenticateCallbackHandler {

    private static final String USER = "username";
    private static final String FILE = "passwordFile";

    private @Nullable String user;
    private @Nullable Path file;

    /** @throws IllegalArgumentException if the login has no option {@code username} or {@code passwordFile} */
    @Override
    public void configure(Map<String, ?> settings, String mechanism, List<AppConfigurationEntry> login) {
        user = option(login, USER);
        file = Path.of(option(login, FILE));
    }

    @Override
    public void handle(Callback[] callbacks) throws IOException, UnsupportedCallbackException {
        for (var callback : callbacks) {
            switch (callback) {
                case NameCallback name -> name.setName(user);
                case PasswordCallback password -> password.setPassword(password());
                case ScramExtensionsCallback extensions -> extensions.extensions(Map.of());
                default -> throw new UnsupportedCallbackException(callback);
            }
        }
    }

    @Override
    public void close() {}

    private char[] password() throws IOException {
        if (file == null) {
            throw new IllegalStateException("not configured");
        }
        return Files.readString(file).replaceFirst("\\r?\\n\\z", "").toCharArray();
    }

    private static String option(List<AppConfigurationEntry> login, String name) {
        return login.stream()
                .map(entry -> entry.getOptions().get(name))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("sasl.jaas.config has no option " + name));
    }
}
