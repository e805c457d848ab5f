/**
 * Decides from rules on this machine: managers may go where permit-open says, a book permits and
 * forbids beside them, everybody else is denied. Free to change: nothing here is seen by a peer;
 * the rules' names are what logs and audit show.
 */
package org.noports.policy.rules;
