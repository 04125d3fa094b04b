package dev.orderflow.eventing.loop;

import dev.orderflow.eventing.PeriodicTask;
import dev.orderflow.eventing.TenantRows;
import dev.orderflow.eventing.loop.Loop.Work;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Runs the application's own periodic tasks, each on a loop. */
class PeriodicTasks implements Looping, SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(PeriodicTasks.class);
    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private final List<Scheduled> tasks;
    private volatile boolean running;

    PeriodicTasks(Collection<PeriodicTask> tasks) {
        this.tasks = tasks.stream()
                .map(task -> new Scheduled(task, Loop.onVirtualThread(task.name())))
                .toList();
    }

    private record Scheduled(PeriodicTask task, Loop loop) {}

    @Override
    public void start() {
        running = true;
        tasks.forEach(each -> each.loop().start(new Repetition(each.task())));
    }

    @Override
    public void stop() {
        running = false;
        Loop.endAll(loops(), Duration.ZERO, LONGEST_END);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public Collection<Loop> loops() {
        return tasks.stream().map(Scheduled::loop).toList();
    }

    private static final class Repetition implements Work {

        private final PeriodicTask task;
        private boolean started;

        private Repetition(PeriodicTask task) {
            this.task = task;
        }

        @Override
        public Duration round() {
            if (started) {
                runForAll();
            }
            started = true;
            return task.period();
        }

        /** No tenant asks for it, so that it sees the rows of all. */
        private void runForAll() {
            var rows = TenantRows.ofAll().open();
            try {
                task.run();
            } finally {
                rows.close();
            }
        }

        @Override
        public Duration failed(Throwable e) {
            LOG.warn("task=failed name={} retryIn={} cause=\"{}\"", task.name(), task.period(), e.toString());
            return task.period();
        }
    }
}
