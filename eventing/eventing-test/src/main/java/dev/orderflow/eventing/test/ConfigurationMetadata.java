package dev.orderflow.eventing.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/** Configuration metadata of a module for editors: {@code META-INF/spring-configuration-metadata.json} beside its classes. */
public final class ConfigurationMetadata {

    private static final String FILE = "/META-INF/spring-configuration-metadata.json";

    private final Map<String, Map<String, Object>> properties;

    private ConfigurationMetadata(Map<String, Map<String, Object>> properties) {
        this.properties = properties;
    }

    /**
     * Asserts that each property of each {@code @ConfigurationProperties} record in {@code basePackage} has a description, and
     * its default if there is one, and that a value that it cannot take is refused by its name. Skips records of other modules, which are read from jars or folders of their own.
     *
     * @param anchor a class of the module
     */
    public static void assertComplete(Class<?> anchor, String basePackage) {
        var metadata = ConfigurationMetadata.beside(anchor);
        var records = recordsOf(anchor, basePackage);
        assertThat(records).as("@ConfigurationProperties in " + basePackage).isNotEmpty();
        for (var record : records) {
            var prefix = record.getAnnotation(ConfigurationProperties.class).value();
            metadata.assertDescribed(prefix, record);
            metadata.properties.keySet().stream()
                    .filter(name -> name.startsWith(prefix + "."))
                    .forEach(name -> HostileSettings.assertRefusedClearly(prefix, record, name));
        }
    }

    private void assertDescribed(String prefix, Class<?> record) {
        var components = record.getRecordComponents();
        for (var index = 0; index < components.length; index++) {
            var name = prefix + "." + DataObjectPropertyName.toDashedForm(components[index].getName());
            if (components[index].getType().isRecord()) {
                assertDescribed(name, components[index].getType());
            } else {
                assertDescribed(name, defaultOf(record, index));
            }
        }
    }

    private void assertDescribed(String name, String[] defaults) {
        assertThat(properties).containsKey(name);
        var property = properties.get(name);
        assertThat(property.get("description")).as("description of " + name).isInstanceOf(String.class);
        if (defaults.length > 0) {
            assertThat(property).as(name).containsKey("defaultValue");
        }
    }

    private static String[] defaultOf(Class<?> record, int index) {
        var canonical = Stream.of(record.getDeclaredConstructors())
                .filter(constructor -> constructor.getParameterCount() == record.getRecordComponents().length)
                .findFirst()
                .orElseThrow();
        var annotation = canonical.getParameters()[index].getAnnotation(DefaultValue.class);
        return annotation == null ? new String[0] : annotation.value();
    }

    private static List<Class<?>> recordsOf(Class<?> anchor, String basePackage) {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        var records = new ArrayList<Class<?>>();
        for (var found : scanner.findCandidateComponents(basePackage)) {
            var type = load(Objects.requireNonNull(found.getBeanClassName()));
            if (type.isRecord() && placeOf(type).equals(placeOf(anchor))) {
                records.add(type);
            }
        }
        return records;
    }

    private static String placeOf(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation().toString();
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ConfigurationMetadata beside(Class<?> anchor) {
        try (var json = open(anchor)) {
            List<Map<String, Object>> all = JsonPath.parse(json).read("$.properties");
            return new ConfigurationMetadata(all.stream()
                    .collect(Collectors.toMap(property -> (String) property.get("name"), property -> property)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens the module's own file. The class loader's first one may belong to another module. */
    private static InputStream open(Class<?> anchor) throws IOException {
        var place = placeOf(anchor);
        var url = place.endsWith(".jar") ? "jar:" + place + "!" + FILE : place.replaceFirst("/$", "") + FILE;
        return URI.create(url).toURL().openStream();
    }
}
