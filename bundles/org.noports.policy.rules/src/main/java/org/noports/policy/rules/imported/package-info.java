/**
 * Policies of existing programs as books: {@link ImportBook} reads a file, {@link ReadUserGroups}
 * and {@link ReadEntities} say which grants it has, {@link WriteBook} makes rules of them. What
 * those files mean is fixed by their programs (docs/policy-import.md).
 */
package org.noports.policy.rules.imported;
