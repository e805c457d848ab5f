/**
 * Decides by a book: one evaluator, whose trace is the explanation, and what is built upon it.
 * Knows neither files nor services; free to change.
 */
package org.noports.policy.rules.engine;
