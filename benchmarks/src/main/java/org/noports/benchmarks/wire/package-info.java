/**
 * TLS connections of a driver: one I/O thread, so that no contestant is measured through more of
 * the driver than another.
 */
package org.noports.benchmarks.wire;
