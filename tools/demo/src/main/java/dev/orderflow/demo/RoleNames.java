package dev.orderflow.demo;

import dev.orderflow.demo.token.Role;
import java.util.Arrays;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Names of the roles of access tokens, as on the command line. */
final class RoleNames implements ITypeConverter<Role>, Iterable<String> {

    @Override
    public Role convert(String name) {
        return Role.named(name)
                .orElseThrow(() -> new TypeConversionException(
                        "there is no '" + name + "'; choose one of " + String.join(", ", this)));
    }

    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(Role.values()).map(Role::label).iterator();
    }
}
