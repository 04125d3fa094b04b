package dev.orderflow.demo;

import dev.orderflow.demo.process.Addresses;
import dev.orderflow.demo.process.Processes;
import dev.orderflow.demo.process.Progress;

/**
 * Source of the suite that a command addresses. It is called when the command runs, so that {@code --help} works with
 * bad settings, too.
 */
interface SuiteSource {

    /** Returns the command line prefix that addresses that suite. */
    String program();

    Addresses addresses();

    Processes processes(Progress progress);
}
