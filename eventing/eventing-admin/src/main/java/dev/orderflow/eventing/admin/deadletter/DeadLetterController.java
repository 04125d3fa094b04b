package dev.orderflow.eventing.admin.deadletter;

import dev.orderflow.eventing.admin.Operator;
import dev.orderflow.eventing.admin.Page;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists dead letters for operators, and discards selected ones. */
@RestController
@RequestMapping(path = "/admin/dead-letters", produces = MediaType.APPLICATION_JSON_VALUE)
class DeadLetterController {

    private final DeadLetterQueries letters;
    private final Discards discards;

    DeadLetterController(DeadLetterQueries letters, Discards discards) {
        this.letters = letters;
        this.discards = discards;
    }

    @GetMapping
    Page<DeadLetter> list(@Valid @ModelAttribute DeadLetterQueries.Query query) {
        return letters.page(query);
    }

    @GetMapping("/summary")
    Page<DeadLetterQueries.Group> summary(@RequestParam DeadLetter.@Nullable State state) {
        return new Page<>(letters.summary(state), null);
    }

    @GetMapping("/{id}")
    DeadLetter.Details show(@PathVariable UUID id) {
        return letters.details(id);
    }

    /** Discards the selected letters and releases the events held behind them. With {@code dryRun}, only reports the effect. */
    @PostMapping(path = "/discard", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> discard(@Valid @RequestBody DiscardRequest request, HttpServletRequest http) {
        var selection = request.selection();
        var who = Operator.of(http);
        if (Boolean.TRUE.equals(request.dryRun())) {
            return ResponseEntity.ok(letters.dryRun(selection, Discards.DISCARDABLE));
        }
        return ResponseEntity.ok(discards.discard(selection, request.reason(), who));
    }
}
