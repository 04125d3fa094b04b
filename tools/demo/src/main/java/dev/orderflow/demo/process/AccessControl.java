package dev.orderflow.demo.process;

/**
 * Setting by which services require access tokens, and clients send them, unless the system property {@code demo.issuer}
 * is {@code false}.
 */
public final class AccessControl {

    private AccessControl() {}

    public static boolean isOn() {
        return !"false".equals(System.getProperty("demo.issuer"));
    }
}
