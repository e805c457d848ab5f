/**
 * Stand-ins for the services of other bundles, with real keys and real algorithms: a test of one
 * bundle brings them instead of its neighbours.
 */
package org.noports.testkit.fakes;
