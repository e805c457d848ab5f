package org.noports.policy.rules.condition;

/**
 * One part of a condition and what it was, for whoever wants it explained.
 *
 * @param part as it could be written in the book
 * @param value what it was: a value, {@code missing} or {@code pending}
 */
public record Step(String part, String value) {}
