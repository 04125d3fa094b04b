package dev.orderflow.notification.mail;

import dev.orderflow.edge.security.AccessRules;
import dev.orderflow.edge.test.AccessMatrix;
import dev.orderflow.edge.test.TokenIssuer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@WebMvcTest(MailController.class)
@Import(MailAccess.class)
class MailAccessTests {

    private static final TokenIssuer ISSUER = TokenIssuer.shared();

    @Autowired
    MockMvcTester http;

    @Autowired
    AccessRules rules;

    @MockitoBean
    MailRepository mails;

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry registry) {
        ISSUER.register(registry);
    }

    @Test
    void eachOperationAnswersOnlyThoseWhoMayUseIt() {
        new AccessMatrix(
                        http,
                        ISSUER,
                        (method, path) -> rules.find(method, path).map(AccessRules.Operation::anyOf),
                        rules::isOfPlatformOnly)
                .assertComplete("notification-service");
    }
}
