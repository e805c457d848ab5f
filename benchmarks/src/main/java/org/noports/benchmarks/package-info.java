/**
 * Measures the built distribution beside its peers. A driver opens what it needs, lets {@link
 * org.noports.benchmarks.Rounds} alternate the contestants, and prints a {@link
 * org.noports.benchmarks.Report}.
 */
package org.noports.benchmarks;
