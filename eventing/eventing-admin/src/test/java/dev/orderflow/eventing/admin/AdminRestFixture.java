package dev.orderflow.eventing.admin;

import dev.orderflow.eventing.deadletter.RecordingRequeue;
import dev.orderflow.eventing.retry.DeadLetterBook;
import dev.orderflow.eventing.retry.Requeue;
import dev.orderflow.eventing.sample.SampleApplication;
import dev.orderflow.eventing.test.RealInfrastructure;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.PlatformTransactionManager;

/** A service with the starter and its REST resources for operators, and what they are asked. */
@RealInfrastructure
@SpringBootTest(
        classes = {SampleApplication.class, AdminRestFixture.TestRequeue.class, ManagementContext.class},
        properties = {
            "spring.main.web-application-type=servlet",
            "management.server.port=0",
            "eventing.admin.enabled=true",
            "eventing.group=" + AdminRestFixture.GROUP
        },
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
abstract class AdminRestFixture {

    static final String GROUP = "admin-rest";

    @Autowired
    DeadLetterBook letters;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    JdbcClient jdbc;

    MockMvcTester mvc;

    @TestConfiguration(proxyBeanMethods = false)
    static class TestRequeue {

        @Bean(defaultCandidate = false)
        Requeue adminRequeue(JdbcClient jdbc) {
            return new RecordingRequeue(jdbc, GROUP);
        }
    }

    @BeforeEach
    void prepare(@Autowired ManagementContext management) {
        mvc = management.mvc();
        jdbc.sql("DROP TABLE IF EXISTS requeued").update();
        RecordingRequeue.createTable(jdbc);
    }

    MvcTestResult get(String uri) {
        return mvc.get().uri(uri).exchange();
    }

    MvcTestResult post(String uri, String body) {
        return mvc.post()
                .uri(uri)
                .header("X-Operator", "ann")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }
}
