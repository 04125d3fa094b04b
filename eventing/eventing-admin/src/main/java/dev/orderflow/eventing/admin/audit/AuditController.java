package dev.orderflow.eventing.admin.audit;

import dev.orderflow.eventing.admin.Page;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists the audited actions of operators. */
@RestController
class AuditController {

    private final Audit audit;

    AuditController(Audit audit) {
        this.audit = audit;
    }

    /** Lists the entries, newest first. With {@code action}, lists only those of one action. */
    @GetMapping("/admin/audit")
    Page<Audit.Entry> list(
            @RequestParam @Nullable String action,
            @RequestParam(defaultValue = "50") @Min(1) @Max(500) int limit,
            @RequestParam @Nullable String cursor) {
        return audit.page(action == null || action.isEmpty() ? null : action, limit, cursor);
    }

    /** Checks that no entry was changed, or deleted before the last one. */
    @GetMapping("/admin/audit/check")
    Audit.Check check() {
        return audit.check();
    }
}
