package dev.orderflow.eventing.admin.deadletter;

import dev.orderflow.eventing.admin.Operator;
import dev.orderflow.eventing.admin.Page;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Starts replays of dead letters, and reports their progress. */
@RestController
@RequestMapping(path = "/admin/dead-letters", produces = MediaType.APPLICATION_JSON_VALUE)
class ReplayController {

    private final DeadLetterQueries letters;
    private final Replays replays;

    ReplayController(DeadLetterQueries letters, Replays replays) {
        this.letters = letters;
        this.replays = replays;
    }

    /**
     * Queues a replay of the selected letters: 202 with the URL of its progress. With {@code dryRun}, only reports the effect.
     */
    @PostMapping(path = "/replay", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> replay(@Valid @RequestBody ReplayRequest request, HttpServletRequest http) {
        var selection = request.selection();
        var who = Operator.of(http);
        if (Boolean.TRUE.equals(request.dryRun())) {
            return ResponseEntity.ok(letters.dryRun(selection, Set.of(DeadLetter.State.DEAD)));
        }
        var replay = replays.request(selection, request.ratePerSecond(), who);
        var location = URI.create("/admin/dead-letters/replays/" + replay.id());
        return ResponseEntity.accepted().location(location).body(replay);
    }

    @GetMapping("/replays")
    Page<Replays.View> list(
            @RequestParam(defaultValue = "50") @Min(1) @Max(500) int limit, @RequestParam @Nullable String cursor) {
        return replays.page(limit, cursor);
    }

    @GetMapping("/replays/{id}")
    Replays.View show(@PathVariable UUID id) {
        return replays.find(id);
    }
}
