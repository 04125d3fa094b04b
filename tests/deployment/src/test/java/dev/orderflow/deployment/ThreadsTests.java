package dev.orderflow.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks that no deployed thread can end unnoticed. Repeated work runs in a loop of the starter, which survives errors
 * and reports its health. Code that starts a thread in another way is listed here with the reason why its end cannot be
 * missed.
 */
class ThreadsTests {

    private static final Pattern BEGINS_THREAD = Pattern.compile(String.join(
            "|",
            "\\bnew (?:Thread|Timer|ForkJoinPool|ThreadPoolExecutor|ScheduledThreadPoolExecutor|\\w*Task(?:Executor|Scheduler))\\(",
            "\\bextends (?:Thread|TimerTask)\\b",
            "\\bThread\\s*\\.(?:ofPlatform|ofVirtual|startVirtualThread)\\(",
            "\\bExecutors\\s*\\.new",
            "\\bStructuredTaskScope\\b",
            "\\bCompletableFuture\\s*\\.(?:runAsync|supplyAsync|delayedExecutor)\\(",
            "\\.(?:scheduleWithFixedDelay|scheduleAtFixedRate|parallelStream)\\(",
            "\\b(?:SchedulingConfigurer|ScheduledTaskRegistrar)\\b",
            "(?m:^\\s*@(?:Scheduled|EnableScheduling|Async|EnableAsync|KafkaListener)\\b)"));

    /** Modules that are not deployed: tests, measurements and the demo. */
    private static final Set<String> TOOLS = Set.of("tools", "tests", "eventing-test", "web-edge-test");

    private static final Map<String, String> NOTICED = Map.ofEntries(
            Map.entry("Loop", "is the loop that all others use"),
            Map.entry("BoundedWait", "the caller waits, for a limited time"),
            Map.entry("BusThread", "survives what listeners throw, and its end shows in its subscription's state"),
            Map.entry("CallOuts", "the consumer waits for all calls, and HandlingWatch for each"),
            Map.entry("ResilienceGuards", "the caller waits for its call"),
            Map.entry("OutboxPages", "the relay waits for the page"),
            Map.entry("LostEvents", "a single search, which reports its failure"),
            Map.entry("ProviderConfiguration", "the HTTP client's, one task per request, for which the caller waits"),
            Map.entry("CarrierConfiguration", "the HTTP client's, one task per request, for which the caller waits"),
            Map.entry("OrderServiceClient", "the HTTP client's, one task per request, for which the caller waits"),
            Map.entry("RecipientConfiguration", "the HTTP client's, one task per request, for which the caller waits"),
            Map.entry("LiveTail", "repeats each look at the store, whatever the last one threw"),
            Map.entry("ConnectionDrain", "once, when the application stops, which Spring limits"),
            Map.entry("CallThreads", "one step of a call or a watch, whose failure ends the call"),
            Map.entry("GuardedHttp11Protocol", "Tomcat's executor; the task reports exceptions, and is repeated"),
            Map.entry(
                    "IssuerKeys", "a single fetch, which logs its failure; the next request after it begins another"));

    @Test
    void eachThreadIsALoopOrItsEndIsNoticed() throws IOException {
        var found = new TreeSet<String>();
        var repository = Repository.find();
        for (var file : repository.sources()) {
            if (isDeployed(repository.root().relativize(file))
                    && BEGINS_THREAD.matcher(Files.readString(file)).find()) {
                found.add(file.getFileName().toString().replace(".java", ""));
            }
        }

        assertThat(found)
                .as("use a Loop, or in a service a PeriodicTask, or list here why its end cannot be missed")
                .containsExactlyInAnyOrderElementsOf(NOTICED.keySet());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "new Thread(this::work).start()",
                "Thread.ofVirtual().name(\"work\").start(work)",
                "Thread.startVirtualThread(work)",
                "Executors.newSingleThreadScheduledExecutor()",
                "executor.scheduleWithFixedDelay(work, 1, 1, SECONDS)",
                "CompletableFuture.runAsync(work)",
                "@Scheduled(fixedDelay = 60)",
                "class Work implements SchedulingConfigurer",
                "new ThreadPoolTaskScheduler()"
            })
    void codeThatStartsAThreadIsFound(String code) {
        assertThat(BEGINS_THREAD.matcher(code).find()).isTrue();
    }

    private static boolean isDeployed(Path file) {
        return StreamSupport.stream(file.spliterator(), false)
                .map(Path::toString)
                .noneMatch(TOOLS::contains);
    }
}
