package dev.orderflow.demo;

import picocli.CommandLine.Command;

/** What {@code docker/train} gives the services to do. */
@Command(name = "practice", hidden = true, description = "Places the orders of a training in a suite that is up.")
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
