/**
 * Plain TCP through whoever is measured: the processes at both ends of a path, the relay under test
 * and its peers, and the rows that compare them.
 */
package org.noports.benchmarks.data;
