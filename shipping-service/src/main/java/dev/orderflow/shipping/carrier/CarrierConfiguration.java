package dev.orderflow.shipping.carrier;

import java.io.IOException;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** Configures the HTTP client for the carrier. */
@Configuration(proxyBeanMethods = false)
class CarrierConfiguration {

    /**
     * Headers by which our services know a flow's tenant, purpose and correlation id. The carrier is a third party, which
     * needs none of them; the trace's id is enough to ask it about a call.
     */
    private static final List<String> OURS = List.of("baggage", "tenantid", "intent", "correlationid");

    /** Threads that write request bodies and complete responses; both may block. */
    @Bean(destroyMethod = "shutdownNow")
    ExecutorService carrierThreads() {
        return Executors.newVirtualThreadPerTaskExecutor();
    }

    /**
     * HTTP/1.1, because over plain TCP the client would first request an upgrade to HTTP/2, which carriers do not
     * expect. No redirect is followed: the key and an order are for the configured host only.
     */
    @Bean(destroyMethod = "shutdownNow")
    HttpClient carrierHttpClient(
            CarrierProperties properties, ExecutorService carrierThreads, ObjectProvider<SslBundles> bundles) {
        var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(properties.connectTimeout())
                .executor(carrierThreads);
        if (!properties.sslBundle().isEmpty()) {
            client.sslContext(
                    bundles.getObject().getBundle(properties.sslBundle()).createSslContext());
        }
        return client.build();
    }

    @Bean
    Carrier carrier(
            RestClient.Builder builder,
            HttpClient carrierHttpClient,
            ExecutorService carrierThreads,
            CarrierProperties properties) {
        if (!properties.apiKey().isEmpty()) {
            builder.defaultHeaders(headers -> headers.setBearerAuth(properties.apiKey()));
        }
        var requests = new JdkClientHttpRequestFactory(carrierHttpClient, carrierThreads);
        requests.setReadTimeout(properties.readTimeout());
        return new Carrier(builder.baseUrl(properties.url().toString())
                .requestInterceptor(CarrierConfiguration::keepToOurselves)
                .requestFactory(requests)
                .build());
    }

    /** Removes what the observation of the call has added. */
    private static ClientHttpResponse keepToOurselves(
            HttpRequest request, byte[] body, ClientHttpRequestExecution execution) throws IOException {
        OURS.forEach(request.getHeaders()::remove);
        return execution.execute(request, body);
    }
}
