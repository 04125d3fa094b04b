package dev.orderflow.demo.client.deadletters;

import dev.orderflow.demo.client.Page;
import dev.orderflow.demo.client.RefusedException;
import dev.orderflow.demo.client.admin.PartApi;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Client for one service's dead letters and the events that wait for them. */
record DeadLetters(PartApi service) {

    private static final String PATH = "/admin/dead-letters";
    /** Maximum page size of a service. */
    private static final int PAGE = 500;

    /** Dead letter with all its details. */
    record Found(DeadLetter letter, Contents contents) {}

    /** Returns the newest dead letters, at most {@code limit}. */
    List<DeadLetter> list(Map<String, ? extends @Nullable Object> filter, int limit) {
        return pages(PATH, filter, limit, new TypeReference<>() {});
    }

    List<Group> summary() {
        return service.get(PATH + "/summary", new TypeReference<Page<Group>>() {})
                .items();
    }

    /**
     * Finds a dead letter.
     *
     * @param id of the letter or of its event
     */
    Optional<Found> find(String id) {
        try {
            var json = service.get(PATH + "/" + id, new TypeReference<JsonNode>() {});
            var mapper = JsonMapper.shared();
            return Optional.of(
                    new Found(mapper.treeToValue(json, DeadLetter.class), mapper.treeToValue(json, Contents.class)));
        } catch (RefusedException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    Effect dryRun(String action, Map<String, Object> selection) {
        var body = new HashMap<>(selection);
        body.put("dryRun", true);
        return service.post(PATH + "/" + action, body, new TypeReference<>() {});
    }

    Replay replay(Map<String, Object> selection) {
        return service.post(PATH + "/replay", selection, new TypeReference<>() {});
    }

    Effect discard(Map<String, Object> selection) {
        return service.post(PATH + "/discard", selection, new TypeReference<>() {});
    }

    Replay replay(String id) {
        return service.get(PATH + "/replays/" + id, new TypeReference<>() {});
    }

    List<Replay> replays() {
        return service.get(PATH + "/replays", new TypeReference<Page<Replay>>() {})
                .items();
    }

    Unresolved.Holds holds() {
        return service.get("/admin/holds/summary", new TypeReference<>() {});
    }

    List<Held> holds(Map<String, ? extends @Nullable Object> filter, int limit) {
        return pages("/admin/holds", filter, limit, new TypeReference<>() {});
    }

    HeldEffect actOnHolds(String action, Map<String, Object> body) {
        return service.post("/admin/holds/" + action, body, new TypeReference<>() {});
    }

    private <T> List<T> pages(
            String path, Map<String, ? extends @Nullable Object> filter, int limit, TypeReference<Page<T>> type) {
        var items = new ArrayList<T>();
        var query = new HashMap<String, @Nullable Object>(filter);
        do {
            query.put("limit", Math.min(PAGE, limit - items.size()));
            var page = service.get(path, query, type);
            items.addAll(page.items());
            query.put("cursor", page.nextCursor());
        } while (query.get("cursor") != null && items.size() < limit);
        return items;
    }
}
