package dev.orderflow.eventing.admin.tenant;

import dev.orderflow.eventing.admin.Operator;
import dev.orderflow.eventing.admin.RefusedRequest;
import dev.orderflow.eventing.admin.StrictBody;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows the tenants that operators have switched off, and switches them. */
@RestController
@RequestMapping(path = "/admin/tenants", produces = MediaType.APPLICATION_JSON_VALUE)
class TenantController {

    private final ObjectProvider<TenantSwitches> switches;

    TenantController(ObjectProvider<TenantSwitches> switches) {
        this.switches = switches;
    }

    /** Tenants that are switched off, by name; those by configuration are not among them. */
    record Listing(List<TenantSwitches.Off> off) {}

    /** @param enabled whether the tenant may change anything from now on */
    record SwitchRequest(
            @NotNull @Pattern(regexp = "[A-Za-z0-9._-]{1,64}", message = "must be the name of a tenant")
            String tenant,

            @NotNull Boolean enabled,
            @NotBlank @Size(max = 500) String reason)
            implements StrictBody {}

    @GetMapping
    Listing list() {
        return new Listing(
                switches.stream().flatMap(each -> each.off().stream()).toList());
    }

    /** Switches a tenant in this service, and returns those that are off then. */
    @PostMapping(path = "/switch", consumes = MediaType.APPLICATION_JSON_VALUE)
    Listing switchTo(@Valid @RequestBody SwitchRequest request, HttpServletRequest http) {
        var present =
                switches.stream().filter(TenantSwitches::isOn).findFirst().orElseThrow(RefusedRequest.Unknown::tenants);
        present.switchTo(request.tenant(), request.enabled(), request.reason(), Operator.of(http));
        return list();
    }
}
