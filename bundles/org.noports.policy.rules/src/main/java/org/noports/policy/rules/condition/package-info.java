/**
 * What rules say behind {@code when:}. The only package that knows CEL; nothing of CEL's types
 * leaves it. What attributes there are is part of the language that administrators write.
 */
package org.noports.policy.rules.condition;
