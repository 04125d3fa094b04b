package dev.orderflow.bench;

import java.util.List;

/** A benchmark that takes part in {@code ./bench smoke}. */
public interface ShortBenchmark extends Benchmark {

    /** Measures its main ratios in well under a minute, with few rounds. Their names are those of the long version. */
    List<Comparison> measureShortly();
}
