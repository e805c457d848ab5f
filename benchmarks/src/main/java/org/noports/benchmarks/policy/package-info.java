/** The rows of {@code benchmarks/run policy}. */
package org.noports.benchmarks.policy;
