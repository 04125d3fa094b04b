package dev.orderflow.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Child JVM, for measurements that need a fresh one, or more memory than {@code ./bench} has. It reads requests as
 * lines of text and answers in JSON, one request at a time, and ends when it is closed or this JVM ends.
 */
public final class ChildJvm implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path LOG = Path.of(System.getProperty("bench.log", "target/bench.log"));
    private static final long SECONDS_TO_END = 20;

    private final Process process;
    private final Path errors;
    private final BufferedWriter questions;
    private final BufferedReader answers;

    private ChildJvm(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.questions = process.outputWriter();
        this.answers = process.inputReader();
    }

    /**
     * Response to a request.
     *
     * @param failure a sentence; null if the request succeeded
     */
    private record Answer(
            @Nullable String failure, @Nullable JsonNode value) {}

    /**
     * Starts {@code main}, which must call {@link #serve}.
     *
     * @param name of its log files, {@code target/bench-<name>.log} and {@code .err}
     * @param properties passed to {@code main} as its only argument
     */
    public static ChildJvm start(String name, Class<?> main, List<String> jvmOptions, Map<String, String> properties) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(jvmOptions);
        command.add("-Dbench.log=" + LOG.resolveSibling("bench-" + name + ".log"));
        command.addAll(List.of(main.getName(), JSON.writeValueAsString(properties)));
        var errors = LOG.resolveSibling("bench-" + name + ".err");
        var builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        try {
            return new ChildJvm(builder.start(), errors);
        } catch (IOException e) {
            throw new UncheckedIOException("a JVM cannot be started: " + e.getMessage(), e);
        }
    }

    /**
     * Sends a request and returns the response.
     *
     * @throws BrokenPromiseException if the child could not do it
     */
    public <T> T ask(String question, Class<T> answer) {
        try {
            questions.write(question);
            questions.newLine();
            questions.flush();
            var line = answers.readLine();
            if (line == null) {
                throw new BrokenPromiseException(
                        String.format(Locale.ROOT, "The JVM running \"%s\" ended; see %s.", question, errors));
            }
            var read = JSON.readValue(line, Answer.class);
            if (read.failure() != null) {
                throw new BrokenPromiseException(read.failure() + " Details are in " + errors + ".");
            }
            return JSON.treeToValue(read.value(), answer);
        } catch (IOException e) {
            throw new UncheckedIOException(String.format(Locale.ROOT, "the JVM running \"%s\" has ended", question), e);
        }
    }

    /**
     * Serves requests in the child until there are no more. Nothing may have been printed before.
     *
     * @param arguments of {@code main}
     * @param worker creates the request handler from the properties that the child was started with
     */
    public static void serve(String[] arguments, Function<Map<String, String>, Function<String, Object>> worker)
            throws IOException {
        var answers = System.out;
        System.setOut(System.err);
        var handler = worker.apply(JSON.readValue(arguments[0], new TypeReference<>() {}));
        // The parent may be killed while this JVM is busy.
        ProcessHandle.current()
                .parent()
                .ifPresent(parent ->
                        parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1)));
        try (var questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (var question = questions.readLine(); question != null; question = questions.readLine()) {
                answer(answers, handler, question);
            }
        }
        System.exit(0);
    }

    /** Closes the child's input, upon which it ends. */
    @Override
    public void close() {
        try (questions) {
            questions.flush();
        } catch (IOException e) {
            process.destroyForcibly(); // The child has ended already or is about to.
        }
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(PrintStream answers, Function<String, Object> handler, String question) {
        Answer answer;
        try {
            answer = new Answer(null, JSON.valueToTree(handler.apply(question)));
        } catch (BrokenPromiseException e) {
            answer = new Answer(e.getMessage(), null);
        } catch (RuntimeException e) {
            e.printStackTrace();
            answer = new Answer(String.format(Locale.ROOT, "\"%s\" failed: %s.", question, e), null);
        }
        answers.println(JSON.writeValueAsString(answer));
        answers.flush();
    }
}
