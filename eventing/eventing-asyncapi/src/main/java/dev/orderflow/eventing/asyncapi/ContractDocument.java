package dev.orderflow.eventing.asyncapi;

import dev.orderflow.eventing.retry.RetryTopics;
import dev.orderflow.eventing.wire.EventDescriptor;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a contract as an AsyncAPI 3 document.
 * <p>
 * A channel is a topic, or all retry topics of a consumer group. What several services say of the same topic or event is
 * the same text, so that {@link AsyncApiDocuments} can merge their documents.
 */
final class ContractDocument {

    private static final String BINDING_VERSION = "0.5.0";
    private static final String JSON = "application/json";

    private static final String ABOUT = """
            Events are CloudEvents 1.0 in Kafka's binary content mode: attributes are headers named `ce_*`, the value is the \
            data. A record's key is the event's subject; records of one key are on one partition, in the order in which \
            the facts took place. Records are delivered at least once: one with a known `ce_id` is to be skipped. Batches \
            are compressed with LZ4 unless configured otherwise. Fields, headers and types may be added at any time and \
            are to be ignored by who does not know them; a change that is not compatible is a new major version in \
            `ce_type`.""";

    private final ServiceContract contract;
    private final PayloadSchemas payloads = new PayloadSchemas();
    private final ObjectNode channels = JsonNodeFactory.instance.objectNode();
    private final ObjectNode operations = JsonNodeFactory.instance.objectNode();
    private final ObjectNode messages = JsonNodeFactory.instance.objectNode();
    private final ObjectNode schemas = JsonNodeFactory.instance.objectNode();

    ContractDocument(ServiceContract contract) {
        this.contract = contract;
    }

    ObjectNode write() {
        schemas.setAll(HeaderSchemas.all(contract.named()));
        byTopic(contract.published()).forEach((topic, events) -> {
            channel(topic, events);
            operation("send", topic, events, it -> {});
        });
        byTopic(contract.consumed()).forEach((topic, events) -> {
            channel(topic, events);
            operation("receive", topic, events, this::groupBinding);
        });
        if (contract.retries() != null) {
            retries(contract.retries());
        }
        var document = JsonNodeFactory.instance.objectNode();
        document.put("asyncapi", "3.0.0");
        document.putObject("info")
                .put("title", contract.service())
                .put("version", contract.version())
                .put("description", ABOUT);
        document.put("defaultContentType", JSON);
        document.set("channels", channels);
        document.set("operations", operations);
        var components = document.putObject("components");
        components.set("messages", messages);
        components.set("schemas", schemas);
        return document;
    }

    private static SortedMap<String, List<EventDescriptor>> byTopic(Collection<EventDescriptor> events) {
        return events.stream()
                .collect(Collectors.groupingBy(EventDescriptor::topic, TreeMap::new, Collectors.toList()));
    }

    private void channel(String topic, List<EventDescriptor> events) {
        var owner = events.getFirst().owner();
        var channel = channels.withObjectProperty(key(topic));
        channel.put("address", topic)
                .put(
                        "description",
                        owner == null ? "Any service may publish here." : "Only " + owner + " publishes here.");
        var messagesOfChannel = channel.withObjectProperty("messages");
        for (var event : events) {
            messages.set(key(event.type()), message(event));
            messagesOfChannel.set(key(event.type()), ref("components", "messages", key(event.type())));
        }
    }

    private ObjectNode message(EventDescriptor event) {
        var message = JsonNodeFactory.instance.objectNode();
        message.put("name", event.type());
        var headers = message.put("contentType", JSON).putObject("headers").put("type", "object");
        headers.putArray("allOf").add(ref("components", "schemas", HeaderSchemas.EVENT));
        var fixed = headers.putObject("properties");
        fixed.putObject("ce_type").put("const", event.type());
        if (event.owner() != null) {
            fixed.putObject("ce_source").put("const", event.owner());
        }
        payloads.find(event.type(), key(event.type())).ifPresent(payload -> {
            schemas.set(key(event.type()), payload);
            if (payload.has("title")) {
                message.set("title", payload.get("title"));
            }
            message.set("payload", ref("components", "schemas", key(event.type())));
        });
        message.putObject("correlationId").put("location", "$message.header#/ce_correlationid");
        keyBinding(message, "The event's subject");
        return message;
    }

    /** The topics of a consumer group, which only this application writes and reads. */
    private void retries(RetryTopics topics) {
        var retry = channels.putObject(key(topics.group() + ".retry"));
        retry.put("address", topics.group() + ".retry-{level}")
                .put("description", "Events whose handling failed `level` times and will be tried again. Internal.");
        var levels = retry.putObject("parameters").putObject("level").put("description", "Number of failed attempts");
        var values = levels.putArray("enum");
        IntStream.rangeClosed(1, topics.count()).mapToObj(Integer::toString).forEach(values::add);
        retry.putObject("messages").set("RetriedEvent", ref("components", "messages", "RetriedEvent"));
        messages.set(
                "RetriedEvent",
                copy("An event that waits for its next attempt", HeaderSchemas.RETRY, "The key that orders it"));

        var dead = channels.putObject(key(topics.deadLetters()));
        dead.put("address", topics.deadLetters())
                .put(
                        "description",
                        "A copy of each record that " + topics.group() + " could not handle, for other tools. It is"
                                + " handled again from the database, not from here.");
        dead.putObject("messages").set("DeadLetter", ref("components", "messages", "DeadLetter"));
        messages.set(
                "DeadLetter",
                copy("A record that was given up", HeaderSchemas.DEAD_LETTER, "The key of the record as consumed"));

        internal("send", "retry", topics.group() + ".retry", "RetriedEvent");
        groupBinding(internal("receive", "retry", topics.group() + ".retry", "RetriedEvent"), ".retry");
        internal("send", "dlt", topics.deadLetters(), "DeadLetter");
    }

    private static ObjectNode copy(String title, String headers, String key) {
        var message = JsonNodeFactory.instance.objectNode();
        message.put("title", title);
        message.set("headers", ref("components", "schemas", headers));
        message.putObject("payload")
                .put("description", "Value of the record as consumed. `ce_type` names its schema, if it is an event.");
        keyBinding(message, key);
        return message;
    }

    private ObjectNode internal(String action, String name, String channel, String message) {
        return operation(action, name, channel, List.of(message));
    }

    private void operation(String action, String topic, List<EventDescriptor> events, Consumer<ObjectNode> bindings) {
        var types = events.stream().map(event -> key(event.type())).sorted().toList();
        bindings.accept(operation(action, topic, topic, types));
    }

    private ObjectNode operation(String action, String name, String channel, List<String> messages) {
        var operation = operations.putObject(key(contract.service() + "." + action + "." + name));
        operation.put("action", action);
        operation.set("channel", ref("channels", key(channel)));
        var listed = operation.putArray("messages");
        messages.forEach(message -> listed.add(ref("channels", key(channel), "messages", message)));
        return operation;
    }

    private void groupBinding(ObjectNode operation) {
        groupBinding(operation, "");
    }

    private void groupBinding(ObjectNode operation, String suffix) {
        if (contract.retries() != null) {
            var kafka = operation.putObject("bindings").putObject("kafka");
            kafka.putObject("groupId")
                    .put("type", "string")
                    .put("const", contract.retries().group() + suffix);
            kafka.put("bindingVersion", BINDING_VERSION);
        }
    }

    private static void keyBinding(ObjectNode message, String description) {
        var kafka = message.putObject("bindings").putObject("kafka");
        kafka.putObject("key").put("type", "string").put("description", description);
        kafka.put("bindingVersion", BINDING_VERSION);
    }

    private static ObjectNode ref(String... path) {
        return JsonNodeFactory.instance.objectNode().put("$ref", "#/" + String.join("/", path));
    }

    /** Returns a name in the characters that AsyncAPI allows for keys, none of which a reference must escape. */
    private static String key(String name) {
        return name.replaceAll("[^A-Za-z0-9._-]", "-");
    }
}
