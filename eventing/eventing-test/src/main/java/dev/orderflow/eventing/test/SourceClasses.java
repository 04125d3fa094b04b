package dev.orderflow.eventing.test;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.util.regex.Pattern;

/**
 * Selects the classes of the main sources for ArchUnit's {@code @AnalyzeClasses}. Spring's AOT processing, which {@code ./demo}
 * and images use, leaves its own classes among the compiled ones, such as {@code Orders__BeanDefinitions} and
 * {@code Orders$$SpringCGLIB$$0}. These are public and depend on everything.
 */
public final class SourceClasses implements ImportOption {

    /** File names of generated classes. */
    private static final Pattern GENERATED = Pattern.compile(".*(__|\\$\\$)[^/]*");

    private final ImportOption noTests = new ImportOption.DoNotIncludeTests();

    @Override
    public boolean includes(Location location) {
        return noTests.includes(location) && !location.matches(GENERATED);
    }
}
