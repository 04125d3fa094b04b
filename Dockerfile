# The image of one service: docker build --build-arg MODULE=order-service --tag orderflow/order-service:0.1.0-SNAPSHOT .
#
#   build    compiles everything, splits each service into layers, and links a Java runtime
#   train    runs each service once, for its JVM to write an AOT cache (docs/performance.md)
#   system   picks the few files of an operating system that a JVM needs
#   (last)   one service; all images share runtime and system
#
# The first three are the same for all services, so that only the first image takes long to build.

# The only foreign image. .ci/release-images replaces the tag by its digest.
ARG BUILD_IMAGE=maven:3-eclipse-temurin-25

FROM ${BUILD_IMAGE} AS build
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    mvn --batch-mode --quiet -Psbom -Dmaven.test.skip=true -Dspotless.check.skip=true package --also-make \
        --projects order-service,inventory-service,payment-service,shipping-service,loyalty-service,notification-service,tools/sandbox,tools/demo
# Modules of the JDK that may be needed, with jcmd and the flight recorder for diagnosis, but without user interfaces and line numbers
# of the JDK's own code, which are 6 MB.
RUN jlink --output /opt/jre --compress zip-9 --strip-java-debug-attributes --no-header-files --no-man-pages --exclude-files 'glob:/java.desktop/lib/*.so' \
        --add-modules java.se,jdk.charsets,jdk.crypto.ec,jdk.jcmd,jdk.jfr,jdk.management,jdk.naming.dns,jdk.net,jdk.security.auth,jdk.unsupported,jdk.zipfs
# The names of the JVM's internal functions are 5 MB. Temurin also has them in an archive of its own, for debuggers.
RUN java docker/Strip.java /opt/jre/lib/server/libjvm.so
RUN docker/layers


FROM build AS train
RUN docker/train


FROM build AS system
RUN docker/system /root-of-image


FROM scratch
ARG MODULE
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=unknown
LABEL org.opencontainers.image.title="orderflow/${MODULE}" \
      org.opencontainers.image.description="Carries an order from click to doorstep through services that exchange events over Kafka" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.licenses="Apache-2.0"

COPY --from=system /root-of-image /
COPY --from=build /opt/jre /opt/jre
# Mount point of a volume: the sandbox keeps its ledger there.
COPY --from=system --chown=10001:10001 /root-of-image/empty /var/lib/sandbox

# The folder must be the same as in training: a JVM uses its AOT cache only with the same files.
WORKDIR /opt/orderflow/${MODULE}
COPY --from=build /layers/${MODULE}/dependencies ./
COPY --from=build /layers/${MODULE}/application ./
COPY --from=train /opt/orderflow/${MODULE}/app.aot ./

ENV PATH=/opt/jre/bin:/usr/local/bin:/bin LANG=C.UTF-8
# JSON for whoever collects the containers' logs; empty for text, as ./demo shows it.
ENV LOGGING_STRUCTURED_FORMAT_CONSOLE=ecs
USER 10001:10001
# On SIGTERM Spring completes requests and batches in flight. JAVA_TOOL_OPTIONS sets the heap's size; by default it is a quarter of
# the container's memory.
ENTRYPOINT ["java", "@jvm.options", "@compiler.options", "-XX:AOTCache=app.aot", "-jar", "app.jar"]
