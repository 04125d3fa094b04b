package dev.orderflow.eventing.test;

/** A database of its own, and the user that owns it. */
public record Database(String jdbcUrl, String username, String password) {}
