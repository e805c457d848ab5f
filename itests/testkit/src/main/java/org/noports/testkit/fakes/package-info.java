/**
 * Stand-ins for the services of other bundles, for tests of one bundle alone: an atServer world in
 * memory, identities with real keys, ciphers of the JDK, tunnel ends that only remember. They keep
 * the promises of the api, and have knobs for what may go wrong.
 */
package org.noports.testkit.fakes;
