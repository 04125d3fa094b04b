package dev.orderflow.eventing.inbox.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.eventing.AfterCall;
import dev.orderflow.eventing.BeforeBatch;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventHandler;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.EventTopic;
import dev.orderflow.eventing.EventType;
import dev.orderflow.eventing.sample.AccountEvent;
import dev.orderflow.eventing.sample.AccountEvent.Opened;
import dev.orderflow.eventing.wire.EventContracts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HandlerRegistryTests {

    @Test
    void aHandlerOfASealedInterfaceHandlesAllThatItPermits() {
        var registry = registry(new Object() {
            @EventHandler
            void handle(AccountEvent event, EventMetadata metadata) {}
        });

        assertThat(registry.find("sample.account.opened.v1")).isNotNull();
        assertThat(registry.find("sample.account.closed.v1")).isNotNull();
        assertThat(registry.find("sample.account.renamed.v1")).isNull();
        assertThat(registry.topics()).containsExactly("account-events");
    }

    @Test
    void anotherVersionOfAHandledTypeIsKnownAsSuch() {
        var registry = registry(new Object() {
            @EventHandler
            void handle(Opened event) {}
        });

        assertThat(registry.handlesOtherVersionOf("sample.account.opened.v2")).isTrue();
        assertThat(registry.handlesOtherVersionOf("sample.account.renamed.v2")).isFalse();
    }

    @Test
    void theNewestHandledVersionReceivesAllOlderOnes() {
        var registry = registry(
                new Object() {
                    @EventHandler
                    void handle(ChangedV3 event) {}
                },
                CHANGES);

        for (var type : List.of("some.changed.v1", "some.changed.v2", "some.changed.v3")) {
            assertThat(registry.find(type).event().eventClass()).as(type).isEqualTo(ChangedV3.class);
        }
        assertThat(registry.find("some.changed.v4")).as("a newer version").isNull();
    }

    @Test
    void oneHandlerOfSeveralVersionsReceivesTheNewest() {
        var registry = registry(
                new Object() {
                    @EventHandler
                    void handle(Changed event) {}
                },
                CHANGES);

        assertThat(registry.find("some.changed.v1").event().eventClass()).isEqualTo(ChangedV3.class);
    }

    @Test
    void upcastersWithoutAHandlerChangeNothing() {
        var registry = registry(
                new Object() {
                    @EventHandler
                    void handle(Opened event) {}
                },
                CHANGES);

        assertThat(registry.find("some.changed.v1")).isNull();
        assertThat(registry.handlesOtherVersionOf("some.changed.v1")).isFalse();
    }

    @Test
    void aSecondHandlerOfAnOlderVersionIsRefused() {
        var handlers = new Object() {
            @EventHandler
            void newer(ChangedV3 event) {}

            @EventHandler
            void older(ChangedV1 event) {}
        };

        assertThatThrownBy(() -> registry(handlers, CHANGES))
                .isInstanceOf(InvalidHandlerException.class)
                .hasMessageContaining("handles some.changed.v1, which is converted to some.changed.v3 for");
    }

    @Test
    void twoHandlersForOneEventAreRefused() {
        assertInvalid(
                new Object() {
                    @EventHandler
                    void one(Opened event) {}

                    @EventHandler
                    void other(AccountEvent event) {}
                },
                "handle sample.account.opened.v1",
                "Keep one handler for each event type");
    }

    @Test
    void aHandlerForAnUnknownTypeIsRefused() {
        assertInvalid(
                new Object() {
                    @EventHandler
                    void handle(WithoutType event) {}
                },
                "handles an unknown event type",
                "annotate it with @EventType");
        assertInvalid(
                new Object() {
                    @EventHandler
                    void handle(WithoutTopic event) {}
                },
                "handles an unknown event type",
                "exactly one @EventTopic");
    }

    @Test
    void aGroupWithoutHandlersIsRefused() {
        assertInvalid(new Object(), "eventing.group=group has no @EventHandler methods", "remove eventing.group");
    }

    @Test
    void handlersWithoutAGroupAreRefused() {
        var handlers = new Object() {
            @EventHandler
            void handle(Opened event) {}
        };

        assertThatThrownBy(() -> new HandlerRegistry(List.of(handlers), null))
                .isInstanceOfSatisfying(
                        InvalidHandlerException.class,
                        invalid -> assertThat(invalid.action()).contains("Set eventing.group"));
    }

    @Test
    void aHandlerOfAWrongFormIsRefused() {
        assertInvalid(
                new Object() {
                    @EventHandler
                    void handle(String event) {}
                },
                "takes [class java.lang.String]",
                "Let it take an event record");
        assertInvalid(
                new Object() {
                    @EventHandler
                    String handle(Opened event) {
                        return "";
                    }
                },
                "returns String",
                "AfterCall");
        assertInvalid(
                new Object() {
                    @EventHandler(guard = "outside")
                    void handle(Opened event) {}
                },
                "has a guard but does not call out",
                "Remove the guard");
        assertInvalid(
                new Object() {
                    @BeforeBatch
                    void prepare(List<String> events) {}
                },
                "is marked @BeforeBatch",
                "a List of an event record");
    }

    @Test
    void aHandlerThatCallsOutSaysSoByItsReturnType() {
        var registry = registry(new Object() {
            @EventHandler(guard = "outside")
            AfterCall handle(Opened event) {
                return AfterCall.nothing();
            }
        });

        assertThat(registry.find("sample.account.opened.v1").handler().callsOut())
                .isTrue();
        assertThat(registry.guards()).containsExactly("outside");
        assertThatThrownBy(() -> CallGuards.NONE.open(registry.guards()))
                .isInstanceOf(InvalidHandlerException.class)
                .hasMessageContaining("Resilience4j is not on the class path");
    }

    @Test
    void aHandlerThatCallsSeveralDependenciesHasAGuardForEach() {
        var registry = registry(new Object() {
            @EventHandler(guard = {"outer", "inner"})
            AfterCall handle(Opened event) {
                return AfterCall.nothing();
            }
        });

        var handler = registry.find("sample.account.opened.v1").handler();
        assertThat(handler.guards()).containsExactly("outer", "inner");
        assertThat(handler.guardNames()).isEqualTo("outer,inner");
        assertThat(registry.guards()).containsExactlyInAnyOrder("outer", "inner");
    }

    private static HandlerRegistry registry(Object bean, EventContracts contracts) {
        return new HandlerRegistry(List.of(bean), "group", contracts);
    }

    private static HandlerRegistry registry(Object bean) {
        return new HandlerRegistry(List.of(bean), "group");
    }

    private static void assertInvalid(Object bean, String problem, String action) {
        assertThatThrownBy(() -> registry(bean)).isInstanceOfSatisfying(InvalidHandlerException.class, invalid -> {
            assertThat(invalid).hasMessageContaining(problem);
            assertThat(invalid.action()).contains(action);
        });
    }

    @EventTopic("some-topic")
    private sealed interface Changed extends DomainEvent {}

    @EventType("some.changed.v1")
    record ChangedV1(String key) implements Changed {}

    @EventType("some.changed.v3")
    record ChangedV3(String key) implements Changed {}

    /** Converts each version of {@link Changed}. */
    private static final EventContracts CHANGES = new EventContracts() {
        @Override
        public Map<String, String> upcasts() {
            return Map.of("some.changed.v1", "some.changed.v2", "some.changed.v2", "some.changed.v3");
        }
    };

    @EventTopic("some-topic")
    record WithoutType(String key) implements DomainEvent {}

    @EventType("some.type.v1")
    record WithoutTopic(String key) implements DomainEvent {}
}
