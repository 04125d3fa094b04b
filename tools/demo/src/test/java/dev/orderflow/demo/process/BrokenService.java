package dev.orderflow.demo.process;

/** Double of a service that does not start. */
public final class BrokenService {

    private BrokenService() {}

    public static void main(String[] arguments) {
        System.out.println("the warehouse has burnt down");
        System.exit(3);
    }
}
