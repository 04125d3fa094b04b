package dev.orderflow.eventing.admin.hold;

import dev.orderflow.eventing.admin.Operator;
import dev.orderflow.eventing.admin.Page;
import dev.orderflow.eventing.admin.RequestLimits;
import dev.orderflow.eventing.admin.StrictBody;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists the events that have not taken effect, and the events they wait for. Sends them again or gives them up. */
@RestController
@RequestMapping(path = "/admin/holds", produces = MediaType.APPLICATION_JSON_VALUE)
class HoldController {

    private final Holds holds;
    private final HoldActions actions;

    HoldController(Holds holds, HoldActions actions) {
        this.holds = holds;
        this.actions = actions;
    }

    @GetMapping
    Page<Holds.View> list(@Valid @ModelAttribute Holds.Query query) {
        return holds.page(query);
    }

    @GetMapping("/summary")
    Holds.Summary summary() {
        return holds.summary();
    }

    /** Sends the records of held events again. Harmless if a record still exists: one of the two counts as a copy. */
    @PostMapping(path = "/resend", consumes = MediaType.APPLICATION_JSON_VALUE)
    HoldActions.Resent resend(@Valid @RequestBody ResendRequest request, HttpServletRequest http) {
        return actions.resend(request.ids(), Operator.of(http));
    }

    /** Gives up events, which then never take effect. Resolved events remain unchanged. */
    @PostMapping(path = "/give-up", consumes = MediaType.APPLICATION_JSON_VALUE)
    HoldActions.GivenUp giveUp(@Valid @RequestBody GiveUpRequest request, HttpServletRequest http) {
        return actions.giveUp(request.ids(), request.reason(), Operator.of(http));
    }

    /** @param ids the ids of the events */
    record ResendRequest(
            @NotNull @Size(min = 1, max = RequestLimits.MOST_IDS)
            List<@NotNull UUID> ids) implements StrictBody {}

    /** @param ids the ids of the events */
    record GiveUpRequest(
            @NotNull @Size(min = 1, max = RequestLimits.MOST_IDS)
            List<@NotNull UUID> ids,

            @NotBlank @Size(max = 500) String reason)
            implements StrictBody {}
}
