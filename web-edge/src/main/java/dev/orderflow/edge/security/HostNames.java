package dev.orderflow.edge.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The host names to which a service answers. A web page of an attacker whose name resolves to this service's address, by
 * DNS rebinding, reaches it by a name that is not among them.
 */
final class HostNames {

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private final List<String> names;
    private final boolean anyAddress;

    /** @param names complete names, or {@code *.example.com} for all names below a domain */
    HostNames(List<String> names, boolean anyAddress) {
        this.names = names.stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
        this.anyAddress = anyAddress;
    }

    /** @param own names of this service and its machine; null if it has none */
    static HostNames of(List<String> names, boolean anyAddress, @Nullable String... own) {
        var all = new ArrayList<>(names);
        Stream.of(own).filter(name -> name != null && !name.isBlank()).forEach(all::add);
        return new HostNames(all, anyAddress);
    }

    /** @param host name or address without a port; an IPv6 address in brackets */
    boolean accepts(@Nullable String host) {
        if (host == null || host.isEmpty()) {
            return false;
        }
        var name = host.toLowerCase(Locale.ROOT);
        if (isAddress(name)) {
            return anyAddress || isLoopback(name) || names.contains(name);
        }
        var plain = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return plain.equals("localhost") || names.stream().anyMatch(allowed -> matches(allowed, plain));
    }

    private static boolean matches(String allowed, String name) {
        return allowed.startsWith("*.") ? name.endsWith(allowed.substring(1)) : name.equals(allowed);
    }

    private static boolean isAddress(String name) {
        return name.startsWith("[") || IPV4.matcher(name).matches();
    }

    private static boolean isLoopback(String address) {
        return address.startsWith("127.") || address.equals("[::1]") || address.equals("[0:0:0:0:0:0:0:1]");
    }
}
