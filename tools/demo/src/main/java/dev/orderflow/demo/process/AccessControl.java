package dev.orderflow.demo.process;

/** Setting that makes services require access tokens, and clients send them: the system property {@code demo.issuer}. */
public final class AccessControl {

    private AccessControl() {}

    public static boolean isOn() {
        return Boolean.getBoolean("demo.issuer");
    }
}
