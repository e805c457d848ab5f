/** What each policy evaluator must keep to, whoever wrote it. */
package org.noports.testkit.policy;
