package dev.orderflow.eventing.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** The list of routes. */
@TestPropertySource(
        properties = {
            "eventing.new-topics=admin-copies",
            "eventing.routes[0].name=copies",
            "eventing.routes[0].from.topic=account-events",
            "eventing.routes[0].from.type=sample.account.opened.v1",
            "eventing.routes[0].when=account != 'secret'",
            "eventing.routes[0].to=admin-copies"
        })
class AdminRoutesIT extends AdminRestFixture {

    @Test
    void routesAreListedWithTheirCounters() {
        assertThat(get("/admin/routes")).hasStatusOk().bodyJson().isLenientlyEqualTo("""
                        {"items": [{
                            "name": "copies",
                            "from": {"topic": "account-events", "type": "sample.account.opened.v1"},
                            "when": "account != 'secret'",
                            "to": "admin-copies",
                            "type": "sample.account.opened.v1",
                            "skipped": 0, "published": 0, "failed": 0
                        }]}
                        """);
    }
}
