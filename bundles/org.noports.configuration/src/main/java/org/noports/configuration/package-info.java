/**
 * Stands between the files in {@code etc/} and the components they configure: an unknown key is
 * named with the nearest known one, a wrong value is named and the one in force before stays. So a
 * typing error never deactivates a component, and with it every session that it holds.
 *
 * <p>What is known of a PID is read from its bundle's metatype. Free to change.
 */
package org.noports.configuration;
