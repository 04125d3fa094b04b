package dev.orderflow.demo;

import dev.orderflow.demo.process.Topology;
import java.util.function.Supplier;

/** Source of the suite's topology. It is called when a command runs, so that {@code --help} works with bad settings, too. */
interface TopologySource extends Supplier<Topology> {}
