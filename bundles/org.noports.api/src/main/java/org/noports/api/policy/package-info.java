/**
 * Who may reach what: the question, the answer, and the plug-ins that decide. Deny by default: no
 * evaluator, an error or a time-out is a refusal.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package org.noports.api.policy;
