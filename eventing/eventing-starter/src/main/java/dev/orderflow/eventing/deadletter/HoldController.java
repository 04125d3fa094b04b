package dev.orderflow.eventing.deadletter;

import jakarta.validation.Valid;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows operators which events have not had their effect, and which of them wait for which. */
@RestController
@RequestMapping("/admin/holds")
public class HoldController {

    private final Holds holds;

    public HoldController(Holds holds) {
        this.holds = holds;
    }

    @GetMapping
    Page<Holds.View> list(@Valid @ModelAttribute HoldQuery query) {
        return holds.page(query);
    }

    @GetMapping("/summary")
    Holds.Summary summary() {
        return holds.summary();
    }
}
