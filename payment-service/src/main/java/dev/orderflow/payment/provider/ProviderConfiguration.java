package dev.orderflow.payment.provider;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** Configures the HTTP client for the provider. */
@Configuration(proxyBeanMethods = false)
class ProviderConfiguration {

    /**
     * Headers by which our services know a flow's tenant, purpose and correlation id. The provider is a third party, which
     * needs none of them; the trace's id is enough to ask it about a call.
     */
    private static final List<String> OURS = List.of("baggage", "tenantid", "intent", "correlationid");

    /** Threads that write request bodies and complete responses; both may block. */
    @Bean(destroyMethod = "shutdownNow")
    ExecutorService providerThreads() {
        return Executors.newVirtualThreadPerTaskExecutor();
    }

    /**
     * HTTP/1.1, because over plain TCP the client would first request an upgrade to HTTP/2, which providers do not
     * expect. No redirect is followed: the key and a charge are for the configured host only.
     */
    @Bean(destroyMethod = "shutdownNow")
    HttpClient providerHttpClient(
            ProviderProperties properties, ExecutorService providerThreads, ObjectProvider<SslBundles> bundles) {
        var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(properties.connectTimeout())
                .executor(providerThreads);
        if (!properties.sslBundle().isEmpty()) {
            client.sslContext(
                    bundles.getObject().getBundle(properties.sslBundle()).createSslContext());
        }
        return client.build();
    }

    @Bean
    PaymentProvider paymentProvider(
            RestClient.Builder builder,
            HttpClient providerHttpClient,
            ExecutorService providerThreads,
            ProviderProperties properties) {
        if (!properties.apiKey().isEmpty()) {
            builder.defaultHeaders(headers -> headers.setBearerAuth(properties.apiKey()));
        }
        builder.baseUrl(properties.url().toString()).requestInterceptor(ProviderConfiguration::keepToOurselves);
        Function<Duration, RestClient> clients = timeout -> {
            var requests = new JdkClientHttpRequestFactory(providerHttpClient, providerThreads);
            requests.setReadTimeout(timeout);
            return builder.clone().requestFactory(requests).build();
        };
        var usual = clients.apply(properties.readTimeout());
        return new PaymentProvider(limit -> {
            var timeout = properties.readTimeoutWithin(limit);
            return timeout.equals(properties.readTimeout()) ? usual : clients.apply(timeout);
        });
    }

    /** Removes what the observation of the call has added. */
    private static ClientHttpResponse keepToOurselves(
            HttpRequest request, byte[] body, ClientHttpRequestExecution execution) throws IOException {
        OURS.forEach(request.getHeaders()::remove);
        return execution.execute(request, body);
    }
}
