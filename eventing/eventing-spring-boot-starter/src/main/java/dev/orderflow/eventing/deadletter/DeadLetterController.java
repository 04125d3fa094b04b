package dev.orderflow.eventing.deadletter;

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

/** Shows operators the dead letters, and lets them give some up. */
@RestController
@RequestMapping(path = "/admin/dead-letters", produces = MediaType.APPLICATION_JSON_VALUE)
public class DeadLetterController {

    private final DeadLetterQueries letters;
    private final Discards discards;

    public DeadLetterController(DeadLetterQueries letters, Discards discards) {
        this.letters = letters;
        this.discards = discards;
    }

    @GetMapping
    Page<LetterView> list(@Valid @ModelAttribute LetterQuery query) {
        return letters.page(query);
    }

    @GetMapping("/summary")
    Page<DeadLetterQueries.Group> summary(@RequestParam @Nullable LetterState state) {
        return new Page<>(letters.summary(state), null);
    }

    @GetMapping("/{id}")
    LetterDetails show(@PathVariable UUID id) {
        return letters.details(id);
    }

    @PostMapping(path = "/discard", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> discard(@Valid @RequestBody DiscardRequest request, HttpServletRequest http) {
        var selection = request.selection();
        var who = Operator.of(http);
        if (Boolean.TRUE.equals(request.dryRun())) {
            return ResponseEntity.ok(letters.dryRun(selection, Discards.DISCARDABLE));
        }
        return ResponseEntity.ok(discards.discard(selection, StorableText.of(request.reason()), who));
    }
}
