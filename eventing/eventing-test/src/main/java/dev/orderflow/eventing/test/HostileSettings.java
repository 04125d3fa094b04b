package dev.orderflow.eventing.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Values that an operator may set by mistake. A property takes them, or refuses them by its name. */
final class HostileSettings {

    private static final List<String> VALUES = List.of(
            "",
            " ",
            "0",
            "-1",
            "true",
            "NaN",
            "1e999999999",
            "2147483648",
            "99999999999999999999",
            "-5s",
            "PT-1S",
            "9223372036854775807s",
            "99999999999d",
            "-1B",
            "9223372036854775807TB",
            "a,b,,c",
            "\u0000\u202e",
            "x".repeat(100_000));

    private HostileSettings() {}

    /** Asserts that each value of the property is taken, or refused by a message that names the property. */
    static void assertRefusedClearly(String prefix, Class<?> record, String name) {
        for (var value : VALUES) {
            var shown = name + "=" + value.substring(0, Math.min(30, value.length()));
            try {
                new Binder(new MapConfigurationPropertySource(Map.of(name, value)))
                        .bindOrCreate(prefix, Bindable.of(record));
            } catch (BindException | InvalidConfigurationPropertyValueException e) {
                assertThat(comparable(messages(e)))
                        .as(shown)
                        .contains(comparable(name.substring(name.lastIndexOf('.') + 1)));
            }
        }
    }

    private static String messages(Throwable failure) {
        var messages = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            messages.append(cause.getMessage()).append('\n');
            if (cause instanceof BindException bind && bind.getProperty() != null) {
                messages.append(bind.getProperty().getName()).append('\n');
            }
        }
        return messages.toString();
    }

    private static String comparable(String text) {
        return text.replace("-", "").toLowerCase(Locale.ROOT);
    }
}
