package dev.orderflow.sandbox;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the sandbox.
 *
 * @param data folder of what must survive a kill; created when missing
 * @param smtpAddress address the SMTP sink listens on
 * @param smtpPort port the SMTP sink listens on; 0 takes any free one
 */
@Validated
@ConfigurationProperties("sandbox")
public record SandboxProperties(
        @NotNull @DefaultValue(".demo/sandbox") Path data,
        @NotNull @DefaultValue("127.0.0.1") String smtpAddress,
        @DefaultValue("8025") @Min(0) @Max(65535) int smtpPort) {}
