/** The rules as a device meets them, for tests that need the real ones. */
package org.noports.policy.rules;
