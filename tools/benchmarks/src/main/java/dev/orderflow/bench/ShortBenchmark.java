package dev.orderflow.bench;

import java.util.List;

/** Benchmark that takes part in {@code ./bench smoke}. */
public interface ShortBenchmark extends Benchmark {

    /** Measures the main ratios in well under a minute, with few rounds. Their names are those of the long version. */
    List<Comparison> measureShortly();
}
