package dev.orderflow.edge.problem;

/** Leaves all details to Spring; the code follows from the status. */
final class StatusWording implements Wording {}
