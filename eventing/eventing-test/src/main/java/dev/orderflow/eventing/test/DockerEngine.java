package dev.orderflow.eventing.test;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;

/**
 * Finds out whether containers can be used here. Checks for the engine itself before asking Testcontainers, which tries every
 * known way with long time-outs, and would delay each test run without an engine.
 */
final class DockerEngine {

    /** Longest wait for the engine's answer, because every test run waits for it. */
    private static final int ANSWER_MILLIS = 800;
    /** Longest download of a missing image. */
    private static final int PULL_MINUTES = 3;

    private DockerEngine() {}

    /** Returns what is missing, as half a sentence; empty if containers can be used. */
    static Optional<String> obstacle() {
        var host = System.getenv("DOCKER_HOST");
        var answers = host == null || host.isBlank()
                ? usualSockets().anyMatch(DockerEngine::answers)
                : answers(URI.create(host));
        if (!answers) {
            return Optional.of("no Docker engine answers" + (host == null ? "" : " at DOCKER_HOST=" + host));
        }
        try {
            var client = DockerClientFactory.instance().client();
            return Stream.of(ContainerServers.POSTGRES_IMAGE, ContainerServers.KAFKA_IMAGE)
                    .filter(image -> !isPresent(client, image) && !isPulled(client, image))
                    .findFirst()
                    .map(image -> "the Docker engine has no image " + image + " and cannot pull it");
        } catch (RuntimeException e) {
            return Optional.of("the Docker engine cannot be used: " + e.getMessage());
        }
    }

    private static Stream<URI> usualSockets() {
        var home = Path.of(System.getProperty("user.home"));
        var runtime = Optional.ofNullable(System.getenv("XDG_RUNTIME_DIR")).orElse("/run/user/none");
        return Stream.of(
                        Path.of("/var/run/docker.sock"),
                        Path.of(runtime, "docker.sock"),
                        home.resolve(".docker/run/docker.sock"),
                        home.resolve(".docker/desktop/docker.sock"))
                .filter(Files::exists)
                .map(socket -> URI.create("unix://" + socket));
    }

    private static boolean answers(URI host) {
        return CompletableFuture.supplyAsync(() -> "unix".equals(host.getScheme()) ? answersPing(host) : accepts(host))
                .completeOnTimeout(false, ANSWER_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    private static boolean answersPing(URI host) {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(host.getPath()));
            channel.write(
                    ByteBuffer.wrap("GET /_ping HTTP/1.1\r\nHost: docker\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            var answer = ByteBuffer.allocate(64);
            channel.read(answer);
            return new String(answer.array(), StandardCharsets.US_ASCII).contains(" 200 ");
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean accepts(URI host) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host.getHost(), host.getPort()), ANSWER_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isPresent(DockerClient client, String image) {
        try {
            client.inspectImageCmd(image).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    private static boolean isPulled(DockerClient client, String image) {
        try {
            return client.pullImageCmd(image).start().awaitCompletion(PULL_MINUTES, TimeUnit.MINUTES);
        } catch (RuntimeException e) {
            return false; // no registry in reach: the caller says so
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
