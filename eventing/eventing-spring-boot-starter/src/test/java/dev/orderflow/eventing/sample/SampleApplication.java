package dev.orderflow.eventing.sample;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Depends on the starter as any service would. */
@SpringBootApplication
public class SampleApplication {}
