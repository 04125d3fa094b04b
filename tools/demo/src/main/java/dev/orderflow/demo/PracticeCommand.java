package dev.orderflow.demo;

import picocli.CommandLine.Command;

/** Load that {@code docker/train} applies to the services. */
@Command(name = "practice", hidden = true, description = "Places the orders of a training in a running suite.")
final class PracticeCommand implements Runnable {

    private final TopologySource topologies;

    PracticeCommand(TopologySource topologies) {
        this.topologies = topologies;
    }

    @Override
    public void run() {
        Practice.with(topologies.get());
    }
}
