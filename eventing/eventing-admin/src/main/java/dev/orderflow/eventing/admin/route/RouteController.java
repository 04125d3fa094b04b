package dev.orderflow.eventing.admin.route;

import dev.orderflow.eventing.routes.Routes;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists the routes and the counters of this instance, which begin at zero at each start. */
@RestController
@RequestMapping(path = "/admin/routes", produces = MediaType.APPLICATION_JSON_VALUE)
class RouteController {

    private final ObjectProvider<Routes> routes;

    RouteController(ObjectProvider<Routes> routes) {
        this.routes = routes;
    }

    /** Routes in the order of their configuration. */
    record Listing(List<Routes.Status> items) {}

    @GetMapping
    Listing list() {
        return new Listing(routes.stream().flatMap(all -> all.status().stream()).toList());
    }
}
