package dev.orderflow.demo;

import dev.orderflow.demo.process.Part;
import java.util.Arrays;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Names of the suite's parts, as on the command line. */
final class PartNames implements ITypeConverter<Part>, Iterable<String> {

    @Override
    public Part convert(String name) {
        return Part.named(name)
                .orElseThrow(() -> new TypeConversionException(
                        "there is no '" + name + "'; choose one of " + String.join(", ", this)));
    }

    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(Part.values()).map(Part::label).iterator();
    }
}
