package dev.orderflow.demo;

import dev.orderflow.demo.process.Addresses;
import dev.orderflow.demo.process.Processes;
import dev.orderflow.demo.process.Progress;

/** The suite that a command is about; asked when the command runs, so that {@code --help} works with bad settings too. */
interface SuiteSource {

    /** How a user calls this program for that suite. */
    String program();

    Addresses addresses();

    Processes processes(Progress progress);
}
