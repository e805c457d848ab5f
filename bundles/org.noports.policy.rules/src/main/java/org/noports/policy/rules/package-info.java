/** Decides from rules on this machine: managers and permit-open; deny by default. */
package org.noports.policy.rules;
