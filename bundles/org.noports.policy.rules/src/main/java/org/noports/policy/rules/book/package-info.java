/**
 * A book of rules: its values, and how it is read. The words of its keys are the language that
 * administrators write (decision 0021); the rest is free to change.
 */
package org.noports.policy.rules.book;
