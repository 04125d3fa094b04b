package dev.orderflow.edge;

import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.ContentNegotiationStrategy;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Restricts controllers to JSON, and makes requests wait for their turn. */
final class EdgeMvcConfigurer implements WebMvcConfigurer {

    private static final MediaType YAML = MediaType.APPLICATION_YAML;

    private final TurnInterceptor turns;

    EdgeMvcConfigurer(TurnInterceptor turns) {
        this.turns = turns;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(turns).order(Integer.MIN_VALUE);
    }

    /** Removes converters for other formats. Libraries bring them, and Spring uses each converter on the class path. */
    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
        converters.configureMessageConvertersList(all -> all.removeIf(EdgeMvcConfigurer::isForYaml));
    }

    @Override
    public void configureContentNegotiation(ContentNegotiationConfigurer negotiation) {
        negotiation.strategies(List.of(new TolerantStrategy()));
    }

    private static boolean isForYaml(HttpMessageConverter<?> converter) {
        return converter.getSupportedMediaTypes().stream().anyMatch(YAML::isCompatibleWith)
                && converter.getSupportedMediaTypes().stream().noneMatch(MediaType.ALL::equals);
    }

    /** Reads {@code Accept}, and ignores a malformed header: the resulting error could not be answered. */
    private static final class TolerantStrategy implements ContentNegotiationStrategy {

        private final ContentNegotiationStrategy header = new HeaderContentNegotiationStrategy();

        @Override
        public List<MediaType> resolveMediaTypes(NativeWebRequest request) {
            try {
                return header.resolveMediaTypes(request);
            } catch (HttpMediaTypeNotAcceptableException e) {
                return MEDIA_TYPE_ALL_LIST;
            }
        }
    }
}
