package dev.orderflow.demo.client.admin;

import dev.orderflow.demo.process.Part;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Names of the services, as on the command line; their full names are accepted, too. */
public final class ServiceNames implements ITypeConverter<Part>, Iterable<String> {

    @Override
    public Part convert(String name) {
        return Part.services().stream()
                .filter(part -> part.label().equals(name)
                        || part.module().filter(name::equals).isPresent())
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        "there is no service '" + name + "'; choose one of " + String.join(", ", this)));
    }

    @Override
    public Iterator<String> iterator() {
        return Part.services().stream().map(Part::label).iterator();
    }
}
