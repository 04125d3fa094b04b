package dev.orderflow.eventing.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.TextInputCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import org.apache.kafka.common.security.scram.ScramExtensionsCallback;
import org.apache.kafka.common.security.scram.ScramLoginModule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScramPasswordFileTests {

    @TempDir
    Path folder;

    private final ScramPasswordFile handler = new ScramPasswordFile();

    private Path file;

    @BeforeEach
    void configure() throws IOException {
        file = Files.writeString(folder.resolve("password"), "first\n");
        handler.configure(
                Map.of(), "SCRAM-SHA-512", login(Map.of("username", "order-service", "passwordFile", file.toString())));
    }

    @Test
    void eachAuthenticationReadsTheFile() throws Exception {
        assertThat(password()).isEqualTo("first");

        Files.writeString(file, "second");

        assertThat(password()).isEqualTo("second");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n"})
    void onlyOneLineEndIsNotOfThePassword(String end) throws Exception {
        Files.writeString(file, " two words \n " + end);

        assertThat(password()).isEqualTo(" two words \n ");
    }

    @Test
    void theNameIsTheLogins() throws Exception {
        var name = new NameCallback("name");

        handler.handle(new Callback[] {name, new ScramExtensionsCallback()});

        assertThat(name.getName()).isEqualTo("order-service");
    }

    @Test
    void aMissingFileFailsTheAuthenticationOnly() throws Exception {
        Files.delete(file);
        assertThatExceptionOfType(IOException.class).isThrownBy(this::password);

        Files.writeString(file, "third");

        assertThat(password()).isEqualTo("third");
    }

    @Test
    void aLoginWithoutAFileIsRefused() {
        var incomplete = login(Map.of("username", "order-service"));

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> handler.configure(Map.of(), "SCRAM-SHA-512", incomplete))
                .withMessageContaining("passwordFile");
    }

    @Test
    void otherQuestionsAreNotAnswered() {
        assertThatExceptionOfType(UnsupportedCallbackException.class)
                .isThrownBy(() -> handler.handle(new Callback[] {new TextInputCallback("other")}));
    }

    private String password() throws Exception {
        var password = new PasswordCallback("password", false);
        handler.handle(new Callback[] {password});
        return new String(password.getPassword());
    }

    private static List<AppConfigurationEntry> login(Map<String, ?> options) {
        return List.of(
                new AppConfigurationEntry(ScramLoginModule.class.getName(), LoginModuleControlFlag.REQUIRED, options));
    }
}
